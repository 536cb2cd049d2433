#!/bin/sh
# Runs the contract against the receiver, on a free port, and ends with the contract's exit code.
set -eu

folder=$(mktemp -d)
receiver=
stop_postgres() { :; }
trap 'kill $receiver 2>/dev/null || :; stop_postgres; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

[ -n "${DATABASE_URL:-}" ] || . ./postgres.sh

PORT=$(node -p 'net.createServer().listen(0).unref().address().port')
JDBC_URL=$(node -p 'const { host, pathname, username, password } = new URL(process.env.DATABASE_URL);
  `jdbc:postgresql://${host}${pathname}?user=${username}&password=${password}`')
export PORT JDBC_URL
export TRUORA_SIGNING_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0
export HOOKPROOF_KEY=$TRUORA_SIGNING_KEY
url=http://127.0.0.1:$PORT

# Debian's packages; elsewhere, the same jars from Maven.
jars=/usr/share/java
CLASSPATH=$jars/jackson-core.jar:$jars/jackson-databind.jar:$jars/jackson-annotations.jar:$jars/postgresql.jar
export CLASSPATH
java Receiver.java &
receiver=$!

npx hookproof doctor "$url/webhooks/truora" --wait 60s
# More time than the 3 s that Truora is taken to give: CI machines are busy.
npx hookproof verify "$url/webhooks/truora" --probe "$url/records?id={eventId}" \
  --probe-settle 100ms --timeout 10s --strict ${DEFECT:+--only 'verification/mac-*'}
