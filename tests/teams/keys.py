"""A key server as Microsoft has one, and tokens as it would sign them, or as someone else would."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.channels.teams.library import PUBLIC, CloudEnvironment
from tests.teams.fake import TENANT

CLIENT = "b0b00000-0000-4000-8000-000000000001"
SERVICE = "https://smba.trafficmanager.net/emea/"
ISSUER = "https://api.botframework.com"


class KeyServer:
    """Use with `with`. Serves one key, `k1`; `other` is a key that it does not serve. It answers while `open`, and tells
    by `asked` that it was asked."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.fetched = 0
        self.asked = threading.Event()
        self.open = threading.Event()
        self.open.set()

    def __enter__(self) -> KeyServer:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key())) | {"kid": "k1", "use": "sig", "alg": "RS256"}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(json.dumps({"keys": [public]}).encode()))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.open.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def cloud(self) -> CloudEnvironment:
        """Microsoft's services, with this server for the keys."""
        base = f"http://127.0.0.1:{self._server.server_port}"
        return replace(PUBLIC, openid_metadata_url=f"{base}/v1/.well-known/openidconfiguration")

    def _handler(self, keys: bytes) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.fetched += 1
                server.asked.set()
                server.open.wait()
                self.send_response(200)
                self.send_header("Content-Length", str(len(keys)))
                self.end_headers()
                self.wfile.write(keys)

            def log_message(self, format: str, *args: Any) -> None: ...

        return Handler

    def token(self, key: Any = None, kid: str = "k1", algorithm: str = "RS256", **claims: Any) -> str:
        """A good token, but for what is said otherwise; a claim that is None is left out."""
        now = int(time.time())
        good = {"iss": ISSUER, "aud": CLIENT, "serviceurl": SERVICE, "nbf": now, "exp": now + 3600}
        kept = {name: value for name, value in (good | claims).items() if value is not None}
        return jwt.encode(kept, key or self.key, algorithm=algorithm, headers={"kid": kid})


Make = Callable[[KeyServer], str]
HOUR_AGO, LATER = int(time.time()) - 3600, int(time.time()) + 7200
FOREIGN = f"https://login.microsoftonline.com/{TENANT}/v2.0"
REFUSED: dict[str, Make] = {
    "none": lambda keys: "",
    "another scheme": lambda keys: f"Basic {keys.token()}",
    "no scheme": lambda keys: keys.token(),
    "empty": lambda keys: "Bearer ",
    "garbage": lambda keys: "Bearer rommel",
    "garbage with dots": lambda keys: "Bearer rommel.rommel.rommel",
    "not signed": lambda keys: f"Bearer {jwt.encode({'iss': ISSUER, 'aud': CLIENT}, None, algorithm='none')}",  # type: ignore[arg-type]
    "signature cut off": lambda keys: f"Bearer {keys.token().rpartition('.')[0]}.",
    "signature of another token": lambda keys: (
        f"Bearer {keys.token(aud='x').rpartition('.')[0]}.{keys.token().rpartition('.')[2]}"
    ),
    "signed with a secret": lambda keys: f"Bearer {keys.token('geheim' * 8, algorithm='HS256')}",
    "forged: a key that is not served": lambda keys: f"Bearer {keys.token(keys.other)}",
    "a key id that is not served": lambda keys: f"Bearer {keys.token(keys.other, kid='k2')}",
    "for another bot": lambda keys: f"Bearer {keys.token(aud='c0c00000-0000-4000-8000-000000000002')}",
    "for nobody": lambda keys: f"Bearer {keys.token(aud=None)}",
    "expired an hour ago": lambda keys: f"Bearer {keys.token(exp=HOUR_AGO)}",
    "never ending": lambda keys: f"Bearer {keys.token(exp=None)}",
    "not valid yet": lambda keys: f"Bearer {keys.token(nbf=LATER)}",
    "another issuer": lambda keys: f"Bearer {keys.token(iss='https://login.example.org')}",
    "no issuer": lambda keys: f"Bearer {keys.token(iss=None)}",
    "a tenant as issuer": lambda keys: f"Bearer {keys.token(iss=FOREIGN, tid=TENANT)}",
    "another service address": lambda keys: f"Bearer {keys.token(serviceurl='https://evil.example/')}",
    "no service address": lambda keys: f"Bearer {keys.token(serviceurl=None)}",
}
TAKEN: dict[str, Make] = {
    "good": lambda keys: f"Bearer {keys.token()}",
    "scheme in small letters": lambda keys: f"bearer {keys.token()}",
    "audience as an address": lambda keys: f"Bearer {keys.token(aud=f'api://{CLIENT}')}",
    "expired within the leeway": lambda keys: f"Bearer {keys.token(exp=int(time.time()) - 240)}",
    "service address without its slash": lambda keys: f"Bearer {keys.token(serviceurl=SERVICE.rstrip('/'))}",
}
