import { snippets } from './snippet.js';

/** What is not known is acknowledged and skipped. */
export const unknownEvents = snippets({
  node: `
const handlers = { check: applyCheck, identity_process: applyProcess };
for (const event of claims.events) {
  const handle = Object.hasOwn(handlers, event.event_type) && handlers[event.event_type];
  if (handle) await handle(event); // event_action is 'succeeded', not 'success'
  else console.info('not handled: %s.%s', event.event_type, event.event_action);
}
res.sendStatus(200); // members that you do not know are ignored too
`,
  python: `
handlers = {"check": apply_check, "identity_process": apply_process}
for event in claims["events"]:
    handle = handlers.get(event["event_type"])
    if handle is None:
        app.logger.info("not handled: %s.%s", event["event_type"], event["event_action"])
    else:
        handle(event)  # event_action is "succeeded", not "success"
return "", 200  # members that you do not know are ignored too
`,
  go: `
switch event.Type { // json.Unmarshal ignores members that you do not know: leave it so
case "check":
	err = applyCheck(ctx, event) // event.Action is "succeeded", not "success"
case "identity_process":
	err = applyProcess(ctx, event)
default:
	log.Printf("not handled: %q.%q", event.Type, event.Action) // no error: answer 200
}
`,
  php: `
// $event->event_action is 'succeeded', not 'success'
match ($event->event_type) {
    'check' => applyCheck($event),
    'identity_process' => applyProcess($event),
    default => error_log('not handled: ' . json_encode($event->event_type)),
};
// members that you do not know are ignored too; answer 200
`,
  java: `
// @JsonIgnoreProperties(ignoreUnknown = true) on Event
switch (event.type()) {
    case "check" -> applyCheck(event); // event.action() is "succeeded", not "success"
    case "identity_process" -> applyProcess(event);
    default -> log.info("not handled: {}.{}", event.type(), event.action()); // answer 200
}
`,
});
