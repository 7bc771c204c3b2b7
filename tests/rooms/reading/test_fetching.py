"""Fetching: only what the user typed, only from the open Internet, never without end. The servers here are on this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from firstsaid.errors import UsageError
from firstsaid.model import Problem, Received
from firstsaid.reading import fetching

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A web server on this machine whose answers a test writes; `asked` holds the paths and headers it was asked with."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopped = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, dict(self.headers)))
                with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough, as it should
                    outer.answers[self.path.partition("?")[0]](self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def address(self, path: str) -> str:
        return f"http://paper.example:{self.port}{path}"

    def stop(self) -> None:
        self.stopped.set()
        self.http.shutdown()
        self.http.server_close()


def saying(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server stands for `paper.example`; every other name is looked up and checked as always."""
    running = Server()
    check = fetching._public_ip
    monkeypatch.setattr(fetching, "_public_ip", lambda host, port: "127.0.0.1" if host == "paper.example" else check(host, port))
    yield running
    running.stop()


def problem(address: str) -> Problem:
    found = fetching.fetch(address)
    assert isinstance(found, Problem)
    assert found.kind == "not-fetched"
    assert found.location == address
    assert found.advice
    return found


def test_a_page_is_received_as_it_came(server: Server) -> None:
    server.answers["/a"] = saying("<p>Żółw</p>".encode(), Content_Type="text/html; charset=utf-8")
    found = fetching.fetch(server.address("/a?b=1&c=ü#part"))
    assert isinstance(found, Received)
    assert (found.data.decode(), found.media_type, found.how) == ("<p>Żółw</p>", "text/html", "url")
    path, headers = server.asked[0]
    assert path == "/a?b=1&c=%C3%BC"
    assert headers["Host"] == f"paper.example:{server.port}"
    assert not {"Cookie", "Referer", "Authorization"} & set(headers)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://localhost:8000/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "https://user:password@127.0.0.1/",
    ],
)
def test_this_machine_and_private_networks_are_never_asked(address: str) -> None:
    assert "never fetched" in problem(address).message


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["10.1.2.3"], ["93.184.215.14", "192.168.0.7"], ["::1"], ["fe80::1%eth0"]])
def test_a_name_that_leads_to_a_private_address_is_refused(answers: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(host: str, port: int, **more: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    assert "paper.example" in problem("http://paper.example/").message


def test_the_connection_goes_to_the_address_that_was_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that changes its mind after the check gains nothing: nobody looks it up again."""
    looked_up = socket.getaddrinfo

    def only_numbers(host: str, *more: object, **named: object) -> object:
        assert host == "127.0.0.1", f"{host} was looked up a second time"
        return looked_up(host, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", only_numbers)
    server.answers["/a"] = saying(b"text")
    assert isinstance(fetching.fetch(server.address("/a")), Received)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://paper.example/a",
        "javascript:alert(1)",
        "http:///a",
        "https://",
        "a.txt",
        "",
        "http://paper.example:port/",
        "http://paper.example:99999/",
        "http://[::1",
        "http://a..b/",
        f"http://{'a' * 64}.example/",
    ],
)
def test_what_is_no_web_address_is_wrong_use(address: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        fetching.fetch(address)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://paper.example/a", "http://paper.example:99999/", "http://[::1", "//a..b/"])
def test_a_redirect_to_what_is_no_web_address_is_a_problem(target: str, server: Server) -> None:
    server.answers["/a"] = saying(b"", 302, Location=target)
    assert "no web address" in problem(server.address("/a")).message


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/", "//10.0.0.1/", "https://[::1]/"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_private_address_is_refused(target: str, status: int, server: Server) -> None:
    server.answers["/a"] = saying(b"", status, Location=target)
    assert "never fetched" in problem(server.address("/a")).message
    assert len(server.asked) == 1


def test_redirects_are_followed_a_few_times(server: Server) -> None:
    server.answers["/a"] = saying(b"", 301, Location="b?c")
    server.answers["/b"] = saying(b"moved here")
    found = fetching.fetch(server.address("/a"))
    assert isinstance(found, Received)
    assert (found.data, found.location) == (b"moved here", server.address("/a"))
    server.answers["/round"] = saying(b"", 302, Location="/round")
    assert "redirects more than 5 times" in problem(server.address("/round")).message


def test_an_answer_that_is_no_page_is_a_problem(server: Server) -> None:
    server.answers["/a"] = saying(b"gone", 404)
    assert "404" in problem(server.address("/a")).message

    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\xff nonsense\r\n\r\n")

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"only this")

    server.answers["/nonsense"] = nonsense
    server.answers["/cut"] = cut
    server.answers["/badly-packed"] = saying(b"this is no gzip", Content_Encoding="gzip")
    for path in ("/nonsense", "/cut", "/badly-packed"):
        assert problem(server.address(path)).message


def test_nobody_there_is_a_problem(server: Server) -> None:
    server.stop()
    assert problem(server.address("/a")).message


def test_a_page_that_is_too_large_is_not_kept(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 1 << 20)
    server.answers["/just"] = saying(b"x" * (1 << 20))
    assert isinstance(fetching.fetch(server.address("/just")), Received)
    server.answers["/large"] = saying(b"x" * ((1 << 20) + 1))
    assert "larger than 1 MB" in problem(server.address("/large")).message


def test_a_page_without_end_is_left_at_the_limit(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 1 << 20)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.stopped.is_set():
            handler.wfile.write(b"and so on " * 1000)

    server.answers["/a"] = endless
    assert "larger than 1 MB" in problem(server.address("/a")).message


@pytest.mark.parametrize("times", [1, 2], ids=["packed", "packed twice"])
def test_a_page_that_swells_is_left_at_the_limit(times: int, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 1 << 20)
    packed = b"\0" * (64 << 20)
    for _ in range(times):
        packed = gzip.compress(packed)
    server.answers["/a"] = saying(packed, Content_Encoding=", ".join(["gzip"] * times))
    assert "larger than 1 MB" in problem(server.address("/a")).message


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)], ids=["gzip", "deflate"])
def test_a_packed_page_is_unpacked(encoding: str, pack: Callable[[bytes], bytes], server: Server) -> None:
    server.answers["/a"] = saying(pack(b"It rained."), Content_Encoding=encoding)
    found = fetching.fetch(server.address("/a"))
    assert isinstance(found, Received)
    assert found.data == b"It rained."


@pytest.mark.parametrize("what", ["body", "chunks", "headers", "nothing"])
def test_a_server_that_sends_a_byte_now_and_then_is_left(what: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, the whole never."""
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.4)
    begin = {
        "body": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
        "headers": b"HTTP/1.1 200 OK\r\nX-Long: ",
        "nothing": b"",
    }[what]

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(begin)
        while not server.stopped.wait(0.05):
            if what != "nothing":
                handler.wfile.write(b"x")

    server.answers["/a"] = dripping
    assert "did not arrive" in problem(server.address("/a")).message


def test_an_endless_round_of_slow_redirects_ends_in_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.4)
    monkeypatch.setattr(fetching, "MAX_REDIRECTS", 1_000)

    def slow(handler: BaseHTTPRequestHandler) -> None:
        server.stopped.wait(0.1)
        saying(b"", 302, Location="/a")(handler)

    server.answers["/a"] = slow
    assert "did not arrive" in problem(server.address("/a")).message


def test_proxy_variables_are_ignored(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server.answers["/a"] = saying(b"straight from the server")
    found = fetching.fetch(server.address("/a"))
    assert isinstance(found, Received)
    assert server.asked[0][0] == "/a"


def test_a_certificate_that_nobody_signed_is_refused(server: Server) -> None:
    """The server speaks no TLS at all: whatever goes wrong in the handshake is a problem, never a page."""
    server.answers["/a"] = saying(b"text")
    assert problem(server.address("/a").replace("http:", "https:")).message
    assert not server.asked
