import { snippets } from './snippet.js';

/** Errors are logged here and say nothing there; what is the sender's fault is a 4xx. */
export const errorHandler = snippets({
  node: `
app.use((error, req, res, next) => {
  console.error(error); // the details stay here
  if (res.headersSent) return next(error);
  const status = error instanceof jwt.JsonWebTokenError ? 401 : (error.status ?? 500);
  res.status(status).end(); // no message, no stack, nothing that came in
});
`,
  python: `
@app.errorhandler(Exception)  # Flask, with debug off
def failed(error):
    app.logger.error("a delivery failed", exc_info=error)  # the details stay here
    if isinstance(error, jwt.PyJWTError):
        return "", 401
    status = error.code if isinstance(error, HTTPException) else 500
    return "", status  # no message, no trace, nothing that came in
`,
  go: `
defer func() {
	if problem := recover(); problem != nil {
		log.Printf("%v\\n%s", problem, debug.Stack()) // the details stay here
		w.WriteHeader(http.StatusInternalServerError)
	}
}()
if claims, err = verify(body); err != nil {
	log.Printf("refused: %q", err)
	w.WriteHeader(http.StatusUnauthorized) // no message, nothing that came in
}
`,
  php: `
ini_set('display_errors', '0');
set_exception_handler(function (Throwable $error): void {
    error_log((string) $error); // the details stay here
    // php-jwt throws these; InvalidEvent is your own
    $refused = $error instanceof UnexpectedValueException || $error instanceof DomainException;
    http_response_code($refused ? 401 : ($error instanceof InvalidEvent ? 400 : 500));
}); // no message, no trace, nothing that came in
`,
  java: `
@ExceptionHandler(Exception.class)
public ResponseEntity<Void> failed(Exception error) {
    log.error("a delivery failed", error); // the details stay here
    boolean refused = error instanceof BadJOSEException || error instanceof ParseException;
    int status = refused ? 401 : error instanceof InvalidEvent ? 400 : 500;
    return ResponseEntity.status(status).build(); // nothing of the error, nothing that came in
}
`,
});
