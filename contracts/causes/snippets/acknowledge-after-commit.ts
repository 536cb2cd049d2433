import { snippets } from './snippet.js';

/** 2xx only when everything is committed. */
export const acknowledgeAfterCommit = snippets({
  node: `
try {
  await inTransaction((db) => applyAll(db, claims.events)); // awaited, committed
  res.sendStatus(200); // itself: no redirect, no page
} catch (error) {
  console.error(error);
  res.sendStatus(500); // Truora tries again
}
`,
  python: `
try:
    with db.transaction():
        apply_all(db, claims["events"])
except Exception:
    app.logger.exception("an event failed")
    return "", 500  # Truora tries again
return "", 200  # after the commit; itself: no redirect, no page
`,
  go: `
if err := inTransaction(ctx, db, func(tx *sql.Tx) error {
	return applyAll(ctx, tx, claims.Events)
}); err != nil {
	log.Print(err)
	w.WriteHeader(http.StatusInternalServerError) // Truora tries again
	return
}
w.WriteHeader(http.StatusOK) // after the commit; itself: no redirect, no page
`,
  php: `
try {
    $db->beginTransaction();
    applyAll($db, $claims->events);
    $db->commit();
    http_response_code(200); // after the commit; itself: no redirect, no page
} catch (Throwable $error) {
    $db->rollBack();
    error_log($error->getMessage());
    http_response_code(500); // Truora tries again
}
`,
  java: `
try {
    transactions.executeWithoutResult(status -> applyAll(claims)); // Spring's TransactionTemplate
    return ResponseEntity.ok().build(); // after the commit; itself: no redirect, no page
} catch (RuntimeException error) {
    log.error("an event failed", error);
    return ResponseEntity.internalServerError().build(); // Truora tries again
}
`,
});
