import { snippets } from './snippet.js';

/** Verify before anything is read, with one algorithm. */
export const verifyPinned = snippets({
  node: `
import jwt from 'jsonwebtoken';

let claims;
try {
  claims = jwt.verify(body, key, { algorithms: ['HS256'], clockTolerance: 60 });
} catch {
  return res.sendStatus(401); // before this line nothing is read, saved or fetched
}
`,
  python: `
import jwt  # PyJWT

try:
    claims = jwt.decode(body, key, algorithms=["HS256"], leeway=60)
except jwt.PyJWTError:
    return "", 401  # before this line nothing is read, saved or fetched
`,
  go: `
// github.com/golang-jwt/jwt/v5
token, err := jwt.Parse(body, func(*jwt.Token) (any, error) { return key, nil },
	jwt.WithValidMethods([]string{"HS256"}), jwt.WithLeeway(time.Minute))
if err != nil {
	w.WriteHeader(http.StatusUnauthorized)
	return // before this line nothing is read, saved or fetched
}
claims := token.Claims.(jwt.MapClaims)
`,
  php: `
use Firebase\\JWT\\JWT;
use Firebase\\JWT\\Key;

JWT::$leeway = 60; // seconds
try {
    $claims = JWT::decode($body, new Key($key, 'HS256'));
} catch (Throwable) {
    http_response_code(401); // before this line nothing is read, saved or fetched
    exit;
}
`,
  java: `
// com.nimbusds:nimbus-jose-jwt, built once
var processor = new DefaultJWTProcessor<SecurityContext>();
processor.setJWSKeySelector(new SingleKeyJWSKeySelector<>(
    JWSAlgorithm.HS256, new SecretKeySpec(key, "HmacSHA256")));
try {
    JWTClaimsSet claims = processor.process(body, null); // exp and nbf have 60 s of leeway
} catch (ParseException | BadJOSEException | JOSEException refused) {
    response.setStatus(401);
}
`,
});
