import { snippets } from './snippet.js';

/** All events of a delivery, each in a transaction of its own. */
export const eachEventItself = snippets({
  node: `
let failed = false;
for (const { id, event_type, event_action, object, timestamp } of claims.events) {
  try {
    await applyOnce({ id, event_type, event_action, object, timestamp }); // its own transaction
  } catch (error) {
    console.error(error);
    failed = true; // and on with the next
  }
}
res.sendStatus(failed ? 500 : 200); // the retry skips what is done
`,
  python: `
failed = False
for event in claims["events"]:
    try:
        apply_once(event)  # its own transaction, skips a known event["id"]
    except Exception:
        app.logger.exception("an event failed")
        failed = True  # and on with the next
return "", 500 if failed else 200  # the retry skips what is done
`,
  go: `
status := http.StatusOK
for _, event := range claims.Events {
	// its own transaction, skips a known event.ID
	if err := applyOnce(ctx, event); err != nil {
		log.Print(err)
		status = http.StatusInternalServerError // and on with the next
	}
}
w.WriteHeader(status) // the retry skips what is done
`,
  php: `
$failed = false;
foreach ($claims->events as $event) {
    try {
        applyOnce($event); // its own transaction, skips a known $event->id
    } catch (Throwable $error) {
        error_log($error->getMessage());
        $failed = true; // and on with the next
    }
}
http_response_code($failed ? 500 : 200); // the retry skips what is done
`,
  java: `
int status = 200;
for (Event event : events) {
    try {
        applyOnce(event); // its own transaction, skips a known event.id()
    } catch (Exception error) {
        log.error("an event failed", error);
        status = 500; // and on with the next
    }
}
response.setStatus(status); // the retry skips what is done
`,
});
