"""The local page: the same views and templates as the report, everything reachable, on 127.0.0.1 only."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from firstsaid.errors import FirstsaidError, UsageError
from firstsaid.showing.confirmed_file import CONFIRMED_FORMS, as_file
from firstsaid.showing.draft_view import MOST_DRAFT_BYTES, checked
from firstsaid.showing.finding_view import FindingChoice, confirmed
from firstsaid.showing.forms import fields_of
from firstsaid.showing.guarding import Guard
from firstsaid.showing.hiding import outlets_hidden
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import SHORT, Links
from firstsaid.showing.rendering import page_html, static
from firstsaid.showing.routes import SCREENS, page_number, path_of

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

MOST_FORM_BYTES = 20_000
STATIC = {"page.css": "text/css", "page.js": "text/javascript"}


class Page:
    """Answers requests about one corpus, one at a time: a corpus file has one connection here."""

    def __init__(self, corpus: Corpus) -> None:
        """Serve this open corpus."""
        self.corpus = corpus
        self.lock = threading.Lock()
        self.is_blind = False
        self._lines: Lines | None = None
        self._version = -1

    def lines(self) -> Lines:
        """What is cached of the corpus, made anew when another process has written to the file or a decision was made."""
        (version,) = self.corpus.connection.execute("PRAGMA data_version").fetchone()
        if self._lines is None or version != self._version:
            self._lines = Lines(self.corpus, Links(), outlets_hidden(self.corpus) if self.is_blind else None)
            self._version = version
        return self._lines

    def warm(self) -> None:
        """Walk over the whole corpus once, before anybody waits for it."""
        for name in ("overview", "findings", "documents", "families", "speakers", "names", "about"):
            # Between two of them whoever waits has a turn.
            with self.lock:
                SCREENS[name].make(self.lines(), {})

    # ------------------------------------------------------------------------------------------ answers

    def answer(self, request: Request, name: str) -> Response:
        """A screen as HTML, or as JSON where the address ends so."""
        is_json = request.url.path.endswith(".json")
        asked = {**request.query_params, **{key: str(value) for key, value in request.path_params.items()}}
        with self.lock:
            try:
                if is_json:
                    _, view = SCREENS[name].make(self.lines(), asked)
                    return JSONResponse(asdict(self.lines().hidden(view)))
                return HTMLResponse(self.html(name, asked))
            except FirstsaidError as error:
                return self.refusal(str(error), is_json)

    def html(self, name: str, asked: Mapping[str, str]) -> str:
        """A screen as a whole page."""
        return page_html(self.lines(), name, *SCREENS[name].make(self.lines(), asked))

    def refusal(self, words: str, is_json: bool = False, status: int = 404) -> Response:
        """Why there is no such page."""
        if is_json:
            return JSONResponse({"error": words}, status)
        view = {"head": "There is no such page" if status == 404 else "That did not work", "words": words}
        return HTMLResponse(page_html(self.lines(), "message", view["head"], view), status)

    # ------------------------------------------------------------------------------------------ forms

    async def form(self, request: Request, take: Callable[[dict[str, bytes]], Response], most_bytes: int = MOST_FORM_BYTES) -> Response:
        """What `take` answers to the fields of a form, which is never longer than `most_bytes`."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > most_bytes:
                return self.refusal(f"That is too long: more than {most_bytes:,} bytes.", status=413)
        fields = fields_of(request.headers.get("content-type", ""), body)
        return await run_in_threadpool(take, fields)

    def decide(self, given: dict[str, bytes]) -> Response:
        """Take the user's decision on a finding, then show the next one of the list that it was made in, or the list."""
        form = {name: value.decode("utf-8", "replace") for name, value in given.items()}
        asked = FindingChoice.of(dict(parse_qsl(form.get("choice", "")))).asked()
        with self.lock:
            try:
                if not form.get("finding", ""):
                    raise UsageError("no finding was named")
                found = self.corpus.finding(form["finding"])
                self.corpus.decide(found.id, form.get("verdict", ""), form.get("why", "").strip())
            except FirstsaidError as error:
                return self.refusal(str(error), status=400)
            self.lines().forget_decisions()
            links = self.lines().links
            following = form.get("next", "")
            if form.get("from") == "list":
                address = links.to("findings", **asked, page=page_number(form), done=found.id[:SHORT]) + f"#f-{found.id[:SHORT]}"
            elif following.isalnum():
                address = links.finding(following, **asked, done=found.id[:SHORT])
            else:
                address = links.finding(found.id, **asked) + f"#f-{found.id[:SHORT]}"
        return RedirectResponse(address, 303)

    def decide_names(self, given: dict[str, bytes]) -> Response:
        """Take the user's decision on whether two spellings are one name."""
        form = {name: value.decode("utf-8", "replace") for name, value in given.items()}
        with self.lock:
            try:
                self.corpus.decide_names(form.get("left", ""), form.get("right", ""), form.get("verdict", ""), form.get("why", "").strip())
            except FirstsaidError as error:
                return self.refusal(str(error), status=400)
            self._lines = None
            return RedirectResponse(self.lines().links.to("names", q=form.get("right", "")), 303)

    def switch_names(self, given: dict[str, bytes]) -> Response:
        """Hide the names of outlets, or show them again."""
        with self.lock:
            self.is_blind = given.get("hide") == b"yes"
            self._lines = None
        return RedirectResponse("/", 303)

    def check_draft(self, given: dict[str, bytes]) -> Response:
        """A draft with verdicts in the margin. It is never kept."""
        with self.lock:
            try:
                return HTMLResponse(page_html(self.lines(), "draft", "Draft check", checked(self.lines(), given)))
            except FirstsaidError as error:
                return self.refusal(str(error), status=400)

    def confirmed_file(self, form: str) -> Response:
        """What was confirmed as a file to save."""
        with self.lock:
            lines = self.lines()
            text = as_file(lines.hidden(confirmed(lines)), form)
        kind = {"md": "text/markdown", "csv": "text/csv"}[form]
        return PlainTextResponse(text, media_type=kind, headers={"content-disposition": f'attachment; filename="confirmed.{form}"'})


def application(page: Page, token: str, port: int) -> Guard:
    """The local page as an ASGI application."""
    routes = []

    def screen(name: str) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            return page.answer(request, name)

        return answer

    for name in SCREENS:
        path = path_of(name)
        twin = "/overview.json" if path == "/" else f"{path}.json"
        # The twin first: an id would swallow ".json".
        routes += [Route(twin, screen(name), name=f"{name}-json"), Route(path, screen(name), name=name)]

    def form(take: Callable[[dict[str, bytes]], Response], most_bytes: int = MOST_FORM_BYTES) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await page.form(request, take, most_bytes)

        return answer

    def stylesheet_or_script(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return page.refusal("There is no such file.")
        return PlainTextResponse(static(name), media_type=STATIC[name])

    def confirmed_file_as(form_name: str) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            return page.confirmed_file(form_name)

        return answer

    def icon(request: Request) -> Response:
        return Response(status_code=204)

    routes += [
        Route("/static/{name}", stylesheet_or_script),
        Route("/favicon.ico", icon),
        *(Route(f"/confirmed.{form_name}", confirmed_file_as(form_name)) for form_name in CONFIRMED_FORMS),
        Route("/decide", form(page.decide), methods=["POST"]),
        Route("/decide-names", form(page.decide_names), methods=["POST"]),
        Route("/names-hidden", form(page.switch_names), methods=["POST"]),
        Route("/draft", form(page.check_draft, MOST_DRAFT_BYTES), methods=["POST"]),
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
