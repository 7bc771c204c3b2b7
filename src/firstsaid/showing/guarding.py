"""Who may speak to the local page: this machine's browser, with the cookie that only the printed address gives, from our own pages."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

Scope = dict[str, object]
Application = Callable[..., Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets a request through to `inner`, or answers it with a refusal. `token`: what the printed address holds; `port`: ours."""

    inner: Application
    token: str
    port: int

    @property
    def cookie_name(self) -> str:
        """Cookies know no port, so that two pages on one machine need two names."""
        return f"firstsaid_{self.port}"

    async def __call__(self, scope: Scope, receive: Callable[..., object], send: Callable[..., Awaitable[None]]) -> None:
        """Check one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.inner(scope, receive, send)
            return

        async def send_guarded(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]  # type: ignore[misc]
            await send(message)

        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}  # type: ignore[attr-defined]
        hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        host = headers.get(b"host", "")
        if host not in hosts:
            # A name that a stranger's server resolves to 127.0.0.1 would make us same-origin with that stranger.
            await _refuse(send_guarded, 400, "This address is not served here.")
            return
        given = parse_qs(str(scope["query_string"], "latin-1")).get("token", [""])[0]  # type: ignore[call-overload]
        if given and scope["method"] == "GET" and _same(given, self.token):
            cookie = f"{self.cookie_name}={self.token}; Path=/; HttpOnly; SameSite=Strict"
            await _answer(send_guarded, 303, b"", [(b"location", b"/"), (b"set-cookie", cookie.encode())])
            return
        if not _same(self._cookie(headers.get(b"cookie", "")), self.token):
            await _refuse(send_guarded, 403, "This page opens only from the address that firstsaid serve printed.")
            return
        if scope["method"] not in ("GET", "HEAD") and not _is_ours(headers, host):
            await _refuse(send_guarded, 403, "Only this page's own forms may change anything.")
            return
        await self.inner(scope, receive, send_guarded)

    def _cookie(self, header: str) -> str:
        try:
            jar = SimpleCookie(header)
        except CookieError:
            return ""
        return jar[self.cookie_name].value if self.cookie_name in jar else ""


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _is_ours(headers: dict[bytes, str], host: str) -> bool:
    """Whether a form of our own sent this.

    Under `no-referrer` browsers send the origin of a form as "null"; then their own word on it (`Sec-Fetch-Site`, which no script can
    set) decides. SameSite=Strict alone would let pages on other ports of this machine in.
    """
    origin = headers.get(b"origin")
    if origin is not None and origin != "null":
        return origin == f"http://{host}"
    return origin == "null" and headers.get(b"sec-fetch-site") == "same-origin"


async def _refuse(send: Callable[..., Awaitable[None]], status: int, words: str) -> None:
    await _answer(send, status, words.encode(), [(b"content-type", b"text/plain; charset=utf-8")])


async def _answer(send: Callable[..., Awaitable[None]], status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
