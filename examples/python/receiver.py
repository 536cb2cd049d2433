"""A receiver of Truora's hooks, of Python's standard library: a thread a request, SQLite."""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = os.environ["TRUORA_SIGNING_KEY"].encode()  # the text itself: it is not decoded from hex
DATABASE = os.environ.get("DATABASE", "events.sqlite")
DEFECT = os.environ.get("DEFECT")  # only there to see the contract fail
BODY_LIMIT = 2 * 1024 * 1024
LEEWAY_SECONDS = 60


class Refused(Exception):
    """The sender's fault, with the status to answer."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


def decode(segment):
    """base64url without padding, in its one right spelling."""
    data = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != segment:
        raise ValueError("not base64url")
    return data


def parse(segment):
    value = json.loads(decode(segment).decode())
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def verified(token):
    """The claims of a token that Truora signed. Nothing of the payload is read before."""
    try:
        header, payload, signature = token.split(".")
        head = parse(header)
        if head.get("alg") != "HS256" or "crit" in head:
            raise Refused(401)
        mac = hmac.digest(KEY, f"{header}.{payload}".encode(), hashlib.sha256)
        if not hmac.compare_digest(mac, decode(signature)):
            raise Refused(401)
        claims = parse(payload)
        # Truora sends neither, and no rule on `iat`: the last retry comes hours after the event.
        if time.time() - LEEWAY_SECONDS >= float(claims.get("exp", "inf")):
            raise Refused(401)
        if time.time() + LEEWAY_SECONDS < float(claims.get("nbf", "-inf")):
            raise Refused(401)
        return claims
    except (ValueError, TypeError, RecursionError):
        raise Refused(401) from None


def events_of(claims):
    events = claims.get("events")
    if not isinstance(events, list):
        raise Refused(400)
    for event in events:
        if not isinstance(event, dict) or not isinstance(event.get("id"), str) or not event["id"]:
            raise Refused(400)
    return events


def connect():
    connection = sqlite3.connect(DATABASE, timeout=30, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return closing(connection)


def create_tables():
    with connect() as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY)")
        db.execute("CREATE TABLE IF NOT EXISTS records (key TEXT, type TEXT, action TEXT)")


def key_of(event):
    """The event's own id, as JSON: SQLite takes no text that is half a surrogate pair."""
    if DEFECT == "key-is-resource":
        return next(value for name, value in event["object"].items() if name.endswith("_id"))
    return json.dumps(event["id"])


def apply(events):
    """Each event once, however often it comes: the keys and the effects are one transaction."""
    with connect() as db:
        db.execute("BEGIN IMMEDIATE")
        for event in events:
            insert = db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key_of(event),))
            if insert.rowcount == 1:
                carry_out(db, event)
        db.execute("COMMIT")


def carry_out(db, event):
    """Your work. An event type that you do not know is acknowledged all the same."""
    row = [json.dumps(event.get(name)) for name in ("id", "event_type", "event_action")]
    db.execute("INSERT INTO records VALUES (?, ?, ?)", row)


def records_of(event_id):
    """What took effect: the page that the contract's probe reads."""
    with connect() as db:
        rows = db.execute("SELECT * FROM records WHERE key = ?", (json.dumps(event_id),)).fetchall()
    return [dict(zip(("id", "type", "action"), map(json.loads, row))) for row in rows]


class Handler(BaseHTTPRequestHandler):
    timeout = 10  # seconds that a slow client may keep a thread waiting

    def do_POST(self):
        try:
            if urlsplit(self.path).path != "/webhooks/truora":
                raise Refused(404)
            apply(events_of(verified(self.body())))
            self.answer(200, {"received": True})
        except Refused as refused:
            self.answer(refused.status, {"error": "refused"})
        except sqlite3.Error as error:
            self.log_error("not applied: %s", error)
            self.answer(503, {"error": "deliver it again"})

    def body(self):
        """The token as it came, whatever the content type says."""
        if self.headers.get("Transfer-Encoding"):
            raise Refused(411)
        if self.headers.get("Content-Encoding", "identity") != "identity":
            raise Refused(415)
        lengths = self.headers.get_all("Content-Length", ["0"])
        if len(lengths) > 1 or not (lengths[0].isascii() and lengths[0].isdigit()):
            raise Refused(400)
        if int(lengths[0]) > BODY_LIMIT:
            raise Refused(413)
        data = self.rfile.read(int(lengths[0]))
        if len(data) < int(lengths[0]) or not data.isascii():
            raise Refused(400)
        return data.decode()

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/records":
            self.answer(200, records_of(parse_qs(url.query).get("id", [""])[0]))
        else:
            self.answer(405 if url.path == "/webhooks/truora" else 404, {"error": "not served"})

    def do_other(self):
        self.answer(405, {"error": "not served"})

    do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_other

    def answer(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_request(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # that is a client which went away
            super().handle_error(request, client_address)


if __name__ == "__main__":
    create_tables()
    Server(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Handler).serve_forever()
