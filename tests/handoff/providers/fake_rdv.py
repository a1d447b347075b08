"""A stand-in for RDV Service Public on this machine: it does what the real one documents, and fails on demand."""

import base64
import contextlib
import hashlib
import json
import secrets
import socket
import struct
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

from accessform.handoff.providers.rdv_service_public.events import sign

CLIENT_ID, CLIENT_SECRET = "accessform", "the-client-secret-of-accessform"
WEBHOOK_SECRET = "a-shared-secret-of-a-service"


class FakeRdv(ThreadingHTTPServer):
    """`faults` are used up one a request, before the request has any effect unless the fault says otherwise."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults = deque()
        self.requests = []
        self.codes, self.access, self.refreshes = {}, {}, {}
        self.plans, self.rdvs = {}, {}
        self.links = {"75": [{"external_id": "maison-75", "public_link": "https://rdv.example.fr/org/1"}]}
        self.expires_in = 7200
        self.numbers = iter(range(100, 10_000))
        self.lock = threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self):
        return [path for _, path, _, _ in self.requests]

    def authorize(self, address, agent="agent-1"):
        """Be the agent who says yes: return what the callback is called with."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["client_id"] == CLIENT_ID
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "agent": agent}
        return {"state": asked["state"], "code": code}

    def give_tokens(self, agent):
        access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.access[access], self.refreshes[refresh] = agent, agent
        return {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": self.expires_in,
            "scope": "write",
        }

    def choose_time(self, plan_id, starts_at, status="unknown", location="public_office"):
        number = next(self.numbers)
        self.rdvs[number] = {
            "id": number,
            "status": status,
            "starts_at": starts_at.isoformat(),
            "location_type": location,
        }
        self.plans[plan_id]["rdv"] = self.rdvs[number]
        return number

    def event(self, rdv_id, *, at, event="updated", status=None, secret=WEBHOOK_SECRET, users=(), **meta):
        rdv = self.rdvs.get(rdv_id) or {"id": rdv_id, "status": "unknown", "starts_at": at.isoformat()}
        data = {**rdv, "status": status or rdv["status"], "users": [{"id": user} for user in users]}
        data["motif"] = {"location_type": rdv.get("location_type", "phone"), "name": "Un motif qui ne nous regarde pas"}
        told = {"model": "Rdv", "event": event, "event_occurred_at": at.isoformat(), **meta}
        body = json.dumps({"data": data, "meta": told}).encode()
        return body, sign(body, secret)


@contextlib.contextmanager
def serving():
    server = FakeRdv()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._answer(b"")

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body):
        server = self.server
        with server.lock:
            server.requests.append((self.command, self.path, dict(self.headers), body))
            fault = server.faults.popleft() if server.faults else None
        if fault is None:
            self._say(*self._act(body))
        else:
            getattr(self, f"_fault_{fault[0]}")(body, *fault[1:])

    def _say(self, status, content, headers=()):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        with contextlib.suppress(OSError):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    def _fault_status(self, body, status, content=b"<html>secret page</html>", headers=()):
        self._say(status, content, headers)

    def _fault_none(self, body):
        self._say(*self._act(body))

    def _fault_silence(self, body, seconds):
        time.sleep(seconds)
        self.close_connection = True

    def _fault_done_then_silence(self, body, seconds):
        self._act(body)
        time.sleep(seconds)
        self.close_connection = True

    def _fault_reset(self, body):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _fault_drip(self, body, seconds):
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                self.wfile.write(b" ")
                time.sleep(0.02)
        self.close_connection = True

    def _fault_huge(self, body, status):
        self._say(status, b'{"rdv_plan": "' + b"x" * 300_000 + b'"}')

    def _fault_changed(self, body, change):
        """Act truly, then lie about it."""
        status, content = self._act(body)
        change(content)
        self._say(status, content)

    def _act(self, body):
        parts = urlsplit(self.path)
        if parts.path == "/oauth/token":
            return self._tokens(body)
        if parts.path == "/oauth/revoke":
            for token in parse_qs(body.decode())["token"]:
                self.server.access.pop(token, None)
                self.server.refreshes.pop(token, None)
            return 200, {}
        if parts.path == "/api/v1/public_links":
            territory = parse_qs(parts.query)["territory"][0]
            known = territory in self.server.links
            return (200, {"public_links": self.server.links[territory]}) if known else (404, {"not_found": "territory"})
        agent = self.server.access.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if agent is None:
            return 401, {"error": "The access token expired"}
        if self.command == "POST" and parts.path == "/api/v1/rdv_plans":
            return self._create(json.loads(body), agent)
        plan = self.server.plans.get(int(parts.path.rsplit("/", 1)[1]))
        return (200, {"rdv_plan": public(plan)}) if plan and plan["agent"] == agent else (404, {"errors": ["no"]})

    def _create(self, asked, agent):
        person = asked.get("user", {})
        if not person.get("first_name") or not person.get("last_name"):
            return 422, {"errors": {"user": "invalid"}}
        number, user = next(self.server.numbers), next(self.server.numbers)
        url = f"https://rdv.example.fr/agents/rdv_plans/{number}"
        self.server.plans[number] = {"id": number, "rdv": None, "user_id": user, "url": url, "agent": agent}
        return 201, {"rdv_plan": public(self.server.plans[number])}

    def _tokens(self, body):
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        given = dict(parse_qsl(body.decode()))
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        if given["grant_type"] == "refresh_token":
            agent = self.server.refreshes.pop(given["refresh_token"], None)
            return (200, self.server.give_tokens(agent)) if agent else (400, {"error": "invalid_grant"})
        code = self.server.codes.pop(given["code"], None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not code or code["redirect_uri"] != given["redirect_uri"] or code["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        return 200, self.server.give_tokens(code["agent"])

    def log_message(self, *args):
        pass


def public(plan):
    return {name: plan[name] for name in ("id", "rdv", "user_id", "url")}
