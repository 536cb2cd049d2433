import { snippets } from './snippet.js';

/** A library's verification in place of one's own, or at least a whole comparison. */
export const libraryVerification = snippets({
  node: `
import { jwtVerify } from 'jose';

// In place of split('.'), Buffer.from(part, 'base64url'), createHmac and ===
const secret = new TextEncoder().encode(key);
const { payload: claims } = await jwtVerify(body, secret, { algorithms: ['HS256'] });
// Where you must compare two MACs: equal lengths, then timingSafeEqual(given, expected)
`,
  python: `
import jwt  # PyJWT

# In place of body.split("."), urlsafe_b64decode, hmac.new and ==
claims = jwt.decode(body, key, algorithms=["HS256"], leeway=60)
# Where you must compare two MACs: hmac.compare_digest(given, expected)
`,
  go: `
// In place of strings.Split, base64.RawURLEncoding and bytes.Equal
token, err := jwt.Parse(body, func(*jwt.Token) (any, error) { return key, nil },
	jwt.WithValidMethods([]string{"HS256"}), jwt.WithStrictDecoding())
if err != nil {
	return nil, err
}
return token.Claims, nil
// Where you must compare two MACs: hmac.Equal(given, expected)
`,
  php: `
use Firebase\\JWT\\JWT;
use Firebase\\JWT\\Key;

// In place of explode('.'), base64_decode, hash_hmac and ==
$claims = JWT::decode($body, new Key($key, 'HS256'));
// Where you must compare two MACs: hash_equals($expected, $given)
`,
  java: `
// In place of split, Base64.getUrlDecoder, Mac and Arrays.equals
SignedJWT token = SignedJWT.parse(body);
boolean genuine = JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
    && token.verify(new MACVerifier(key));
if (!genuine) throw new Refused(401);
JWTClaimsSet claims = token.getJWTClaimsSet();
// Where you must compare two MACs: MessageDigest.isEqual(given, expected)
`,
});
