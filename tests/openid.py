"""A small OpenID Connect provider on this machine, whose people the test chooses."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "seminar", "known-to-both"
ANYBODY = {
    "sub": "ada-1",
    "name": "Ada Lovelace",
    "email": "ada@university.example",
    "email_verified": True,
}


class OpenIdProvider:
    """Discovery, authorization, tokens, keys, and who somebody is.

    `person` is who signs in there next; `agrees` is whether they want to. A code works once, for
    the client and with the proof it was asked for with.
    """

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = dict(ANYBODY)
        self.agrees = True
        self.codes: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, {})

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"] or 0)
                provider.answer(self, parse_qs(self.rfile.read(length).decode()))

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def setting(self) -> str:
        return f"University|{self.issuer}|{CLIENT_ID}|{CLIENT_SECRET}"

    def answer(self, handler: BaseHTTPRequestHandler, form: dict[str, list[str]]) -> None:
        url = urlsplit(handler.path)
        self.asked.append(url.path)
        query = {name: values[-1] for name, values in (parse_qs(url.query) | form).items()}
        answers = {
            "/.well-known/openid-configuration": self.discovery,
            "/authorize": self.authorize,
            "/token": self.token,
            "/keys": self.keys,
            "/who": self.who,
        }
        status, headers, body = answers[url.path](query, handler)
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        text = json.dumps(body).encode()
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    def discovery(self, query: dict[str, str], handler: Any) -> Any:
        return (
            200,
            {},
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/who",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
        )

    def authorize(self, query: dict[str, str], handler: Any) -> Any:
        back = {"state": query["state"]}
        if self.agrees:
            code = back["code"] = secrets.token_urlsafe()
            self.codes[code] = {"person": dict(self.person), **query}
        else:
            back["error"] = "access_denied"
        return 302, {"Location": f"{query['redirect_uri']}?{urlencode(back)}"}, {}

    def token(self, query: dict[str, str], handler: Any) -> Any:
        given = self.codes.pop(query.get("code", ""), None)
        digest = hashlib.sha256(query.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            given is None
            or (query.get("client_id"), query.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET)
            or given["redirect_uri"] != query["redirect_uri"]
            or given.get("code_challenge") != proof
        ):
            return 400, {}, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {**given["person"], "iss": self.issuer, "aud": CLIENT_ID, "iat": now}
        signed = self.sign(claims | {"exp": now + 60})
        access = secrets.token_urlsafe()
        self.tokens[access] = given["person"]
        return 200, {}, {"access_token": access, "token_type": "Bearer", "id_token": signed}

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})

    def keys(self, query: dict[str, str], handler: Any) -> Any:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return 200, {}, {"keys": [{**key, "kid": "1", "use": "sig", "alg": "RS256"}]}

    def who(self, query: dict[str, str], handler: Any) -> Any:
        access = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        return (200, {}, self.tokens[access]) if access in self.tokens else (401, {}, {})


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    provider = OpenIdProvider()
    thread = threading.Thread(target=provider.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.server.shutdown()
        provider.server.server_close()
        thread.join()
