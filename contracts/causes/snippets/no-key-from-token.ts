import { snippets } from './snippet.js';

/** Keys from the settings only; nothing in the token's header is looked at. */
export const noKeyFromToken = snippets({
  node: `
// A fixed list, for a rotation: jku, x5u, jwk, x5c and kid are never looked at
for (const key of [currentKey, previousKey].filter(Boolean)) {
  try {
    return jwt.verify(body, key, { algorithms: ['HS256'] });
  } catch (error) {
    if (error.message !== 'invalid signature') throw error;
  }
}
throw new Refused(401);
`,
  python: `
# A fixed list, for a rotation: jku, x5u, jwk, x5c and kid are never looked at
for key in filter(None, (current_key, previous_key)):
    try:
        return jwt.decode(body, key, algorithms=["HS256"], leeway=60)
    except jwt.InvalidSignatureError:
        continue
raise Refused(401)
`,
  go: `
// A fixed list, for a rotation: jku, x5u, jwk, x5c and kid are never looked at
for _, key := range keys { // from the settings, none of them empty
	token, err := jwt.Parse(body, func(*jwt.Token) (any, error) { return key, nil },
		jwt.WithValidMethods([]string{"HS256"}))
	if err == nil {
		return token.Claims, nil
	}
}
return nil, errRefused
`,
  php: `
// A fixed list, for a rotation: jku, x5u, jwk, x5c and kid are never looked at
foreach (array_filter([$currentKey, $previousKey]) as $key) {
    try {
        return JWT::decode($body, new Key($key, 'HS256'));
    } catch (SignatureInvalidException) {
        continue;
    }
}
throw new Refused(401);
`,
  java: `
// A fixed list, for a rotation: jku, x5u, jwk, x5c and kid are never looked at
SignedJWT token = SignedJWT.parse(body);
if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())) throw new Refused(401);
for (byte[] key : keys) {
    if (token.verify(new MACVerifier(key))) return token.getJWTClaimsSet();
}
throw new Refused(401);
`,
});
