"""Fetching an address that the user typed: http and https only, public addresses only, with limits on time and size.

The name is resolved here, every address it gives is checked, and the connection goes to the address that was checked, so that a name that
changes its mind between the check and the connection (DNS rebinding) gains nothing. Proxy variables are ignored.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from urllib.parse import urljoin, urlsplit

from firstsaid.errors import UsageError
from firstsaid.model import Problem, Received

TIMEOUT_SECONDS = 30.0
"""For connecting and for each read; the whole fetch may take four times as long."""
MAX_BYTES = 64 << 20
"""A page above this size is no page; feeds and exports that large are better downloaded by hand."""
MAX_REDIRECTS = 5
USER_AGENT = "firstsaid (+local; one page at a person's request)"


def is_address(place: str) -> bool:
    """Whether what the user typed is a web address, not a path."""
    return place.lower().startswith(("http://", "https://"))


def fetch(address: str) -> Received | Problem:
    """The bytes at the address, or a problem that says why not.

    Raises:
        UsageError: it is no http or https address.
    """
    wanted = address
    for _ in range(MAX_REDIRECTS + 1):
        parts = urlsplit(wanted)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{wanted!r} is no web address: give http://... or https://...")
        try:
            ip = _public_ip(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
            answer = _get(wanted, ip)
        except OSError as error:
            return _problem(address, f"{error}", "Check the address and the connection, or save the page and add the file")
        if isinstance(answer, str):
            wanted = urljoin(wanted, answer)
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


def _public_ip(host: str, port: int) -> str:
    """The first address of the host, if all of them are public.

    Raises:
        OSError: the name does not resolve, or resolves to this machine or a private network.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for one in found:
        if not ipaddress.ip_address(one.partition("%")[0]).is_global:
            raise OSError(f"{host} is {one}, an address of this machine or a private network, which is never fetched")
    return found[0]


def _get(address: str, ip: str) -> str | tuple[int, str, bytes]:
    """One request to a checked address: where it redirects to, or (status, media type, at most MAX_BYTES + 1 bytes).

    Raises:
        OSError: no answer in time, or no valid certificate.
    """
    import urllib3

    parts = urlsplit(address)
    host = parts.hostname or ""
    timeout = urllib3.Timeout(connect=TIMEOUT_SECONDS, read=TIMEOUT_SECONDS)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(ip, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(ip, port, timeout=timeout, retries=False)
    began = time.monotonic()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"}
    try:
        with pool.request("GET", path, headers=headers, redirect=False, preload_content=False) as response:
            location = response.headers.get("Location")
            if response.status in (301, 302, 303, 307, 308) and location:
                return str(location)
            data = b""
            # decode_content expands gzip piece by piece, so that a bomb meets the limit on what comes out.
            for piece in response.stream(1 << 16, decode_content=True):
                data += piece
                if len(data) > MAX_BYTES:
                    break
                if time.monotonic() - began > 4 * TIMEOUT_SECONDS:
                    raise OSError(f"it did not arrive within {4 * TIMEOUT_SECONDS:.0f} seconds")
            return response.status, str(response.headers.get("Content-Type", "")).partition(";")[0].strip(), data
    except urllib3.exceptions.HTTPError as error:
        raise OSError(str(error)) from error
    finally:
        pool.close()
