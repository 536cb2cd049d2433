import { snippets } from './snippet.js';

/** Times with a minute of leeway, exp only where it is there, and no limit to the age of iat. */
export const leeway = snippets({
  node: `
const claims = jwt.verify(body, key, {
  algorithms: ['HS256'],
  clockTolerance: 60, // seconds, for exp and nbf, which are checked where they are there
  // no maxAge: the last retry may be three hours old
});
`,
  python: `
claims = jwt.decode(
    body,
    key,
    algorithms=["HS256"],
    leeway=60,  # seconds, for exp, nbf and an iat ahead of this clock
)  # no options={"require": ["exp"]}: Truora sends none
`,
  go: `
token, err := jwt.Parse(body, keyFunc,
	jwt.WithValidMethods([]string{"HS256"}),
	jwt.WithLeeway(time.Minute), // for exp and nbf, which are checked where they are there
)
// no WithExpirationRequired, no WithIssuedAt, and no limit to the age of iat
`,
  php: `
JWT::$leeway = 60; // seconds, for exp, nbf and an iat ahead of this clock
$claims = JWT::decode($body, new Key($key, 'HS256'));
// exp is checked where it is there; do not demand it
// no limit to the age of $claims->iat: the last retry may be three hours old
`,
  java: `
var times = new DefaultJWTClaimsVerifier<SecurityContext>(null, null); // no claim is demanded
times.setMaxClockSkew(60); // seconds, for exp and nbf, which are checked where they are there
processor.setJWTClaimsSetVerifier(times);
JWTClaimsSet claims = processor.process(body, null);
// no limit to the age of iat: the last retry may be three hours old
`,
});
