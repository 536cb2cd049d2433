import { snippets } from './snippet.js';

/** Only the plain form of a token is verified: libraries decode others too, and few look at `crit`. */
export const plainToken = snippets({
  node: `
import { jwtVerify } from 'jose';

// Libraries skip blanks and padding, and some skip crit: take the plain form only
if (!/^[\\w-]+\\.[\\w-]+\\.[\\w-]+$/.test(body)) return res.sendStatus(401);
const secret = new TextEncoder().encode(key);
const verified = await jwtVerify(body, secret, { algorithms: ['HS256'] });
const extensions = ['crit', 'b64', 'zip'].filter((name) => name in verified.protectedHeader);
if (extensions.length > 0) return res.sendStatus(401);
const claims = verified.payload;
`,
  python: `
import re
import jwt  # PyJWT

# Libraries skip blanks and padding, and some skip crit: take the plain form only
if not re.fullmatch(r"[\\w-]+\\.[\\w-]+\\.[\\w-]+", body, re.ASCII):
    return "", 401
token = jwt.decode_complete(body, key, algorithms=["HS256"], leeway=60)
if {"crit", "b64", "zip"} & token["header"].keys():
    return "", 401
claims = token["payload"]
`,
  go: `
plain := regexp.MustCompile(\`^[\\w-]+\\.[\\w-]+\\.[\\w-]+$\`) // built once
token, err := jwt.Parse(body, func(*jwt.Token) (any, error) { return key, nil },
	jwt.WithValidMethods([]string{"HS256"}), jwt.WithStrictDecoding())
if err != nil || !plain.MatchString(body) {
	return nil, errRefused
}
for _, name := range []string{"crit", "b64", "zip"} { // the library skips them
	if _, found := token.Header[name]; found {
		return nil, errRefused
	}
}
return token.Claims, nil
`,
  php: `
use Firebase\\JWT\\JWT;
use Firebase\\JWT\\Key;

// The library skips blanks, padding and crit: take the plain form only
if (!preg_match('/\\A[\\w-]+\\.[\\w-]+\\.[\\w-]+\\z/', $body)) throw new Refused(401);
$header = new stdClass();
$claims = JWT::decode($body, new Key($key, 'HS256'), $header);
if (isset($header->crit) || isset($header->b64) || isset($header->zip)) throw new Refused(401);
`,
  java: `
// The library skips blanks and padding: take the plain form only
if (!body.matches("[\\\\w-]+\\\\.[\\\\w-]+\\\\.[\\\\w-]+")) throw new Refused(401);
SignedJWT token = SignedJWT.parse(body);
JWSHeader header = token.getHeader();
boolean genuine = JWSAlgorithm.HS256.equals(header.getAlgorithm())
    && Collections.disjoint(header.getIncludedParams(), Set.of("crit", "b64", "zip"))
    && token.verify(new MACVerifier(key));
if (!genuine) throw new Refused(401);
JWTClaimsSet claims = token.getJWTClaimsSet();
`,
});
