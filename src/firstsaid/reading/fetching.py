"""Fetching an address that the user typed: http and https only, public addresses only, with limits on time and size.

The name is resolved here, every address it gives is checked, and the connection goes to the address that was checked, so that a name that
changes its mind between the check and the connection (DNS rebinding) gains nothing. Proxy variables are ignored.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from contextlib import suppress
from urllib.parse import quote, urljoin, urlsplit

from firstsaid.errors import UsageError
from firstsaid.model import Problem, Received

TIMEOUT_SECONDS = 30.0
"""For connecting and for each read."""
TOTAL_SECONDS = 120.0
"""For the whole fetch, redirects included."""
MAX_BYTES = 64 << 20
"""A page above this size is no page; feeds and exports that large are better downloaded by hand."""
MAX_REDIRECTS = 5
DEFAULT_PORTS = {"http": 80, "https": 443}
USER_AGENT = "firstsaid (+local; one page at a person's request)"


def is_address(place: str) -> bool:
    """Whether what the user typed is a web address, not a path."""
    return place.lower().startswith(("http://", "https://"))


def fetch(address: str) -> Received | Problem:
    """The bytes at the address, or a problem that says why not.

    Raises:
        UsageError: it is no http or https address.
    """
    if _host_and_port(address) is None:
        raise UsageError(f"{address!r} is no web address: give http://... or https://...")
    wanted = address
    began = time.monotonic()
    for _ in range(MAX_REDIRECTS + 1):
        place = _host_and_port(wanted)
        if place is None:
            return _problem(
                address, f"it redirects to {wanted!r}, which is no web address", "Open it in a browser, save the page and add the file"
            )
        try:
            ip = _public_ip(*place)
            answer = _get(wanted, *place, ip, began + TOTAL_SECONDS - time.monotonic())
        except OSError as error:
            return _problem(address, f"{error}", "Check the address and the connection, or save the page and add the file")
        if isinstance(answer, str):
            with suppress(ValueError):  # an address that cannot be joined is refused as it is
                answer = urljoin(wanted, answer)
            wanted = answer
            continue
        status, media_type, data = answer
        if status != 200:
            return _problem(address, f"the server answered {status}", "Open the address in a browser, save the page and add the file")
        if len(data) > MAX_BYTES:
            return _problem(address, f"it is larger than {MAX_BYTES >> 20} MB", "Download it yourself and add the file")
        return Received(address, address, 0, media_type, data, int(time.time() // 60), "url")
    return _problem(address, f"it redirects more than {MAX_REDIRECTS} times", "Open it in a browser, save the page and add the file")


def _problem(address: str, message: str, advice: str) -> Problem:
    return Problem.of("not-fetched", address, message, advice)


def _host_and_port(address: str) -> tuple[str, int] | None:
    """Whom to ask, the name in ASCII; None for what is no http or https address."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:  # half an IPv6 address, a port that is no number, a name that no machine can have
        return None
    return (host, port) if parts.scheme in DEFAULT_PORTS and host else None


def _public_ip(host: str, port: int) -> str:
    """The first address of the host, if all of them are public.

    Raises:
        OSError: the name does not resolve, or resolves to this machine or a private network.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for one in found:
        if not _is_public(ipaddress.ip_address(one.partition("%")[0])):
            raise OSError(f"{host} is {one}, an address of this machine or a private network, which is never fetched")
    return found[0]


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one machine on the Internet, also where it only carries an IPv4 address within (RFC 6052, 3056, 4380)."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return _is_public(inner)
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _get(address: str, host: str, port: int, ip: str, seconds: float) -> str | tuple[int, str, bytes]:
    """One request to a checked address: where it redirects to, or (status, media type, at most MAX_BYTES and a piece).

    Raises:
        OSError: no whole answer within `seconds`, or no valid certificate.
    """
    from http.client import HTTPException

    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import HTTPError

    parts = urlsplit(address)
    connection: HTTPConnection
    if parts.scheme == "https":
        connection = HTTPSConnection(ip, port, timeout=TIMEOUT_SECONDS, server_hostname=host, assert_hostname=host)
    else:
        connection = HTTPConnection(ip, port, timeout=TIMEOUT_SECONDS)
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS) + (f"?{quote(parts.query, safe=_KEPT_IN_PATHS + '?')}" if parts.query else "")
    headers = {"Host": _host_header(parts.scheme, host, port), "User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"}
    too_late = threading.Event()

    def give_up() -> None:
        too_late.set()
        if connection.sock is not None:
            # Of the socket itself: a TLS socket's own method would unwrap it under the reading thread.
            with suppress(OSError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    # A time limit on each read stops no server that sends one byte now and then; this does.
    clock = threading.Timer(max(0.0, seconds), give_up)
    clock.daemon = True
    clock.start()
    try:
        connection.connect()
        if too_late.is_set():
            raise OSError("time is up")
        connection.request("GET", path, headers=headers, preload_content=False)
        response = connection.getresponse()
        location = response.headers.get("Location")
        if response.status in (301, 302, 303, 307, 308) and location:
            return str(location)
        data = bytearray()
        # decode_content expands gzip piece by piece, so that a bomb meets the limit on what comes out.
        for piece in response.stream(1 << 16, decode_content=True):
            data += piece
            if len(data) > MAX_BYTES:
                break
        if too_late.is_set():
            raise OSError("time is up")
        return response.status, str(response.headers.get("Content-Type", "")).partition(";")[0].strip(), bytes(data)
    except (OSError, HTTPError, HTTPException) as error:
        if too_late.is_set():
            raise OSError(f"it did not arrive within {TOTAL_SECONDS:.0f} seconds") from error
        raise OSError(str(error) or type(error).__name__) from error
    finally:
        clock.cancel()
        connection.close()


def _host_header(scheme: str, host: str, port: int) -> str:
    """The host as it goes into a header, without user and password."""
    name = f"[{host}]" if ":" in host else host
    return name if port == DEFAULT_PORTS[scheme] else f"{name}:{port}"


_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~-._"
"""Characters that stand for themselves in a path (RFC 3986); all others are written as percent signs and hexadecimal bytes."""
