"""The local page: the same views and templates as the report, everything reachable, on 127.0.0.1 only."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from firstsaid.errors import FirstsaidError, UsageError
from firstsaid.showing import asking, listing
from firstsaid.showing.family_view import family_view
from firstsaid.showing.guarding import Guard
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import SHORT, Links
from firstsaid.showing.reading_view import reading_view
from firstsaid.showing.rendering import render, static

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

FINDINGS_EACH = 5
"""Findings of each kind on the page of all kinds: sixteen kinds then make about 250 kB."""
FINDINGS_OF_A_KIND = 30
QUOTATIONS_OF_A_SPEAKER = 50
MOST_FORM_BYTES = 20_000


class Page:
    """Answers requests about one corpus, one at a time: a corpus file has one connection here."""

    def __init__(self, corpus: Corpus) -> None:
        """Serve this open corpus."""
        self.corpus = corpus
        self.lock = threading.Lock()
        self._lines: Lines | None = None
        self._version = -1

    def lines(self) -> Lines:
        """What is cached of the corpus, made anew when another process has written to the file or a decision was made."""
        (version,) = self.corpus.connection.execute("PRAGMA data_version").fetchone()
        if self._lines is None or version != self._version:
            self._lines = Lines(self.corpus, Links(False))
            self._version = version
        return self._lines

    def warm(self) -> None:
        """Walk over the whole corpus once, before anybody waits for it."""
        with self.lock:
            lines = self.lines()
            listing.overview(lines)
            listing.speakers(lines, size=1)
            listing.families(lines, size=1)
            listing.provenance(lines)

    # ------------------------------------------------------------------------------------------ screens

    def overview(self, request: Request) -> tuple[str, Any]:
        """The first screen."""
        return self.corpus.path.stem, listing.overview(self.lines())

    def documents(self, request: Request) -> tuple[str, Any]:
        """Documents by date."""
        return "Documents", listing.documents(self.lines(), page=_page(request), outlet=request.query_params.get("outlet", ""))

    def document(self, request: Request) -> tuple[str, Any]:
        """A document's reading view, the window that `at` or `window` asks for."""
        found = self.corpus.document(request.path_params["id"])
        at = request.query_params.get("at", "")
        window = _number(request.query_params.get("window", ""), 1)
        view = reading_view(self.lines(), found, at=int(at) if at.isdecimal() and len(at) < 12 else None, window=window)
        return view.document.title, view

    def families(self, request: Request) -> tuple[str, Any]:
        """Families by size."""
        return "Passages", listing.families(self.lines(), page=_page(request))

    def family(self, request: Request) -> tuple[str, Any]:
        """A family."""
        return "Passage", family_view(self.lines(), self.corpus.family(request.path_params["id"]))

    def findings(self, request: Request) -> tuple[str, Any]:
        """Findings by kind."""
        kind = request.query_params.get("kind", "")
        each = FINDINGS_OF_A_KIND if kind else FINDINGS_EACH
        return "Findings", listing.findings(self.lines(), each=each, kind=kind, page=_page(request), can_decide=True)

    def finding(self, request: Request) -> tuple[str, Any]:
        """One finding."""
        (card,) = self.lines().findings([self.corpus.finding(request.path_params["id"])])
        return card.kind_words, card

    def speakers(self, request: Request) -> tuple[str, Any]:
        """Who says what, through whom."""
        name = request.query_params.get("name", "")
        each = QUOTATIONS_OF_A_SPEAKER if name else 3
        return name or "Who says what", listing.speakers(self.lines(), page=_page(request), name=name, quotations_each=each, size=40)

    def problems(self, request: Request) -> tuple[str, Any]:
        """What could not be read."""
        return "Intake", listing.problems(self.lines(), page=_page(request))

    def about(self, request: Request) -> tuple[str, Any]:
        """What made these pages."""
        return "About", listing.provenance(self.lines())

    def search(self, request: Request) -> tuple[str, Any]:
        """Documents that hold the words."""
        words = request.query_params.get("q", "")[:500]
        return "Search", asking.search(self.lines(), words, _page(request), f"/search?q={quote(words, safe='')}&page=")

    def whence(self, request: Request) -> tuple[str, Any]:
        """Where words were first said."""
        return "Where was it first said?", asking.whence(self.lines(), request.query_params.get("words", "")[:5000])

    # ------------------------------------------------------------------------------------------ answers

    def answer(self, request: Request, name: str, make: Callable[[Request], tuple[str, Any]]) -> Response:
        """A screen as HTML, or as JSON where the address ends so."""
        is_json = request.url.path.endswith(".json")
        with self.lock:
            try:
                title, view = make(request)
                if is_json:
                    return JSONResponse(asdict(view) if is_dataclass(view) and not isinstance(view, type) else view)
                prefix = view.document.id[:SHORT] + "-" if name == "document" else ""
                template = {"document": "reading.html"}.get(name, f"{name}.html")
                screen = {"document": "documents", "family": "families", "finding": "findings"}.get(name, name)
                return HTMLResponse(
                    render("page.html", title=title, view=view, template=template, screen=screen, note_prefix=prefix, is_report=False)
                )
            except FirstsaidError as error:
                return self.refusal(str(error), is_json)

    def refusal(self, words: str, is_json: bool = False, status: int = 404) -> Response:
        """Why there is no such page."""
        if is_json:
            return JSONResponse({"error": words}, status)
        view = {"head": "There is no such page" if status == 404 else "That did not work", "words": words}
        html = render("page.html", title=view["head"], view=view, template="message.html", screen="", note_prefix="", is_report=False)
        return HTMLResponse(html, status)

    async def decide(self, request: Request) -> Response:
        """Take the user's decision on a finding, then show the finding."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_FORM_BYTES:
                return self.refusal("The reason is too long.", status=413)
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        return await run_in_threadpool(self._decide, form)

    def _decide(self, form: dict[str, str]) -> Response:
        finding_id = form.get("finding", "")
        with self.lock:
            try:
                if not finding_id:
                    raise UsageError("no finding was named")
                self.corpus.decide(finding_id, form.get("verdict", ""), form.get("why", "").strip())
            except FirstsaidError as error:
                return self.refusal(str(error), status=400)
            self.lines().forget_decisions()
        return RedirectResponse(f"/finding/{quote(finding_id, safe='')}#f-{quote(finding_id, safe='')}", 303)


def _page(request: Request) -> int:
    return _number(request.query_params.get("page", ""), 1)


def _number(given: str, otherwise: int) -> int:
    return max(1, int(given)) if given.isdecimal() and len(given) < 10 else otherwise


SCREENS = {
    "overview": "/", "documents": "/documents", "document": "/document/{id}", "families": "/families", "family": "/family/{id}",
    "findings": "/findings", "finding": "/finding/{id}", "speakers": "/speakers", "problems": "/problems", "about": "/about",
    "search": "/search", "whence": "/whence",
}  # fmt: skip
STATIC = {"page.css": "text/css", "page.js": "text/javascript"}


def application(page: Page, token: str, port: int) -> Guard:
    """The local page as an ASGI application."""
    routes = []

    def screen(name: str) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            return page.answer(request, name, getattr(page, name))

        return answer

    for name, path in SCREENS.items():
        twin = "/overview.json" if path == "/" else f"{path}.json"
        # The twin first: an id would swallow ".json".
        routes += [Route(twin, screen(name), name=f"{name}-json"), Route(path, screen(name), name=name)]

    def stylesheet_or_script(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return page.refusal("There is no such file.")
        return PlainTextResponse(static(name), media_type=STATIC[name])

    def icon(request: Request) -> Response:
        return Response(status_code=204)

    routes += [
        Route("/static/{name}", stylesheet_or_script),
        Route("/favicon.ico", icon),
        Route("/decide", page.decide, methods=["POST"]),
    ]

    def not_found(request: Request, error: Exception) -> Response:
        return page.refusal("Nothing is served at this address.")

    return Guard(Starlette(routes=routes, exception_handlers={404: not_found}), token, port)


def serve(corpus: Corpus, port: int, *, open_page: bool, say: Callable[[str], None]) -> None:
    """Show a corpus on 127.0.0.1 until interrupted.

    Raises:
        UsageError: the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise UsageError(f"cannot listen on port {port} ({error}). Give another one with --port, or --port 0 for any") from error
    port = listener.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/?token={token}"
    say(f"Open {address}")
    say("Only this machine can reach it. Stop with Ctrl+C.")
    page = Page(corpus)
    threading.Thread(target=page.warm, name="warm", daemon=True).start()
    settings = uvicorn.Config(
        application(page, token, port), log_level="warning", access_log=False, lifespan="off", server_header=False, date_header=False
    )
    if open_page:
        webbrowser.open(address)
    try:
        uvicorn.Server(settings).run(sockets=[listener])
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        listener.close()
