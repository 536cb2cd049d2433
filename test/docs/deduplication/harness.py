"""Serves the blocks of docs/deduplication.md: POST /<pattern>?sink=<url>, the body is one event."""

import json
import os
import sys
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
import redis

DSN = os.environ["DATABASE_URL"]
blocks = {"json": json}
with open(sys.argv[1], encoding="utf-8") as file:
    exec(compile(file.read(), sys.argv[1], "exec"), blocks)

queue = {"sink": ""}


def call(sink, event):
    if sink:
        urllib.request.urlopen(sink, event["id"].encode(), timeout=30).close()


def connect():
    return psycopg.connect(DSN, autocommit=True)


def record(sink, also=None):
    def effect(db, event):
        if also:
            also(db, event)
        db.execute("INSERT INTO effects (id) VALUES (%s)", (event["id"],))
        call(sink, event)

    return effect


def work():
    with connect() as db:
        while True:
            if not blocks["work_once"](db, lambda db, event: record(queue["sink"])(db, event)):
                time.sleep(0.02)


def handle(pattern, sink, event):
    def outside(event):
        call(sink, event)

    if pattern == "redis":
        with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
            return blocks["claim_in_redis"](client, event, outside)
    with connect() as db:
        if pattern == "claim":
            return blocks["claim_and_apply"](db, event, outside)
        if pattern == "queue":
            queue["sink"] = sink
            blocks["enqueue"](db, event)
        elif pattern == "newest":
            blocks["apply_once"](db, event, record(sink, blocks["keep_newest"]))
        else:
            blocks["apply_once"](db, event, record(sink))
    return 200


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        path, _, query = self.path.partition("?")
        sink = dict(urllib.parse.parse_qsl(query)).get("sink", "")
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status = handle(path[1:], sink, event)
        except Exception:
            status = 500
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
threading.Thread(target=work, daemon=True).start()
print(json.dumps({"port": server.server_port}), flush=True)
sys.stdin.read()
os._exit(0)
