#!/bin/sh
# Runs the contract against the receiver, on a free port, and ends with the contract's exit code.
set -eu

folder=$(mktemp -d)
PORT=$(node -p 'net.createServer().listen(0).unref().address().port')
export PORT DATABASE="$folder/events.sqlite"
export TRUORA_SIGNING_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0
export HOOKPROOF_KEY=$TRUORA_SIGNING_KEY
url=http://127.0.0.1:$PORT

ruby receiver.rb &
receiver=$!
trap 'kill $receiver 2>/dev/null || :; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

npx hookproof doctor "$url/webhooks/truora" --wait 60s
# Without --strict: Debian's Puma 5.6 answers pipelined requests and absurd chunk sizes wrongly.
# More time than the 3 s that Truora is taken to give: CI machines are busy.
npx hookproof verify "$url/webhooks/truora" --probe "$url/records?id={eventId}" \
  --probe-settle 100ms --timeout 10s ${DEFECT:+--only response/acknowledges-every-event}
