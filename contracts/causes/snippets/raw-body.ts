import { snippets } from './snippet.js';

/** The body as it came, under every content type, on one route with one check. */
export const rawBody = snippets({
  node: `
import express from 'express';

// Before express.json(), and for every content type: the body is one token
const raw = express.text({ type: () => true, limit: '2mb' });
app.post('/webhooks/truora', raw, async (req, res) => {
  const claims = verify(req.body); // the only way in, whatever the headers say
  await applyAll(claims.events);
  res.sendStatus(200);
});
`,
  python: `
@app.post("/webhooks/truora")  # Flask
def truora():
    body = request.get_data(as_text=True)  # not request.json, not request.form
    claims = verify(body)  # the only way in, whatever the headers say
    apply_all(claims["events"])
    return "", 200
`,
  go: `
if r.Method != http.MethodPost {
	w.WriteHeader(http.StatusMethodNotAllowed)
	return
}
body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2<<20))
if err != nil {
	w.WriteHeader(http.StatusRequestEntityTooLarge)
	return
}
claims, err := verify(string(body)) // the only way in, whatever the headers say
`,
  php: `
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code(405);
    exit;
}
$body = file_get_contents('php://input'); // not $_POST
$claims = verify($body); // the only way in, whatever the headers say
applyAll($claims->events);
http_response_code(200);
`,
  java: `
@PostMapping("/webhooks/truora") // without "consumes": every content type
public ResponseEntity<Void> truora(@RequestBody byte[] raw) throws Exception {
    String body = new String(raw, StandardCharsets.UTF_8);
    JWTClaimsSet claims = verify(body); // the only way in, whatever the headers say
    applyAll(claims.getListClaim("events"));
    return ResponseEntity.ok().build();
}
`,
});
