import { snippets } from './snippet.js';

/** A limit that lets every genuine delivery in, and ends in 413. */
export const bodyLimit = snippets({
  node: `
import express from 'express';

// The default of 100 kB is less than a finished check
app.post('/webhooks/truora', express.text({ type: () => true, limit: '2mb' }), handle);
app.use((error, req, res, next) => {
  res.status(error.status ?? 500).set('Connection', 'close').end(); // 413, never 200
});
`,
  python: `
app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024  # Flask; beyond it a 413


@app.post("/webhooks/truora")
def truora():
    body = request.get_data(as_text=True)  # not inside a try that answers 200
    return handle(body)
`,
  go: `
body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2<<20))
var tooLarge *http.MaxBytesError
if errors.As(err, &tooLarge) {
	w.WriteHeader(http.StatusRequestEntityTooLarge) // never 200
	return
}
`,
  php: `
// post_max_size in php.ini: 2M or more
$limit = 2 * 1024 * 1024;
$body = file_get_contents('php://input', length: $limit + 1);
if (strlen($body) > $limit) {
    header('Connection: close');
    http_response_code(413); // never 200
    exit;
}
`,
  java: `
static final int LIMIT = 2 * 1024 * 1024;

byte[] bodyOf(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
    if (body.length <= LIMIT) return body;
    response.setHeader("Connection", "close");
    throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE); // never 200
}
`,
});
