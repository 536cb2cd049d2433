#!/bin/sh
# Runs the contract against the receiver, on a free port, and ends with the contract's exit code.
set -eu

folder=$(mktemp -d)
receiver=
stop_postgres() { :; }
trap 'kill $receiver 2>/dev/null || :; stop_postgres; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

[ -n "${DATABASE_URL:-}" ] || . ./postgres.sh
# Debian's golang-github-lib-pq-dev, where it is there, in place of a download.
[ ! -d /usr/share/gocode/src/github.com/lib/pq ] || export GO111MODULE=off GOFLAGS= GOPATH=/usr/share/gocode
go build -o "$folder/receiver" receiver.go

PORT=$(node -p 'net.createServer().listen(0).unref().address().port')
export PORT TRUORA_SIGNING_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0
export HOOKPROOF_KEY=$TRUORA_SIGNING_KEY
url=http://127.0.0.1:$PORT

"$folder/receiver" &
receiver=$!

npx hookproof doctor "$url/webhooks/truora" --wait 60s
# More time than the 3 s that Truora is taken to give: CI machines are busy.
npx hookproof verify "$url/webhooks/truora" --probe "$url/records?id={eventId}" \
  --probe-settle 100ms --timeout 10s --strict ${DEFECT:+--only 'verification/alg-none*'}
