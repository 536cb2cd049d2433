import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Connected } from './connected.js';
import { forgetToken, keepToken, takeToken } from './state/token.js';
import { SignIn } from './views/sign-in.js';

/** Asks for the token where there is none, or where it was refused. */
export const App = (): JSX.Element => {
  const [token, setToken] = useState(takeToken);
  const [refused, setRefused] = useState(false);
  if (token === undefined) {
    return (
      <SignIn
        refused={refused}
        onToken={(entered) => {
          keepToken(entered);
          setToken(entered);
        }}
      />
    );
  }
  return (
    <Connected
      key={token}
      token={token}
      onRefused={() => {
        forgetToken();
        setRefused(true);
        setToken(undefined);
      }}
    />
  );
};
