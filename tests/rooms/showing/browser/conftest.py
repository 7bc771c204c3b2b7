"""A real browser, and the local page served to it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest

from firstsaid.corpus import Corpus
from firstsaid.store import connect

TOKEN = "secret-token"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            why = "no Chromium here: run tests/browser_setup.py"
            if os.environ.get("CI"):
                pytest.fail(why)
            pytest.skip(why)
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def _opened(browser, address: str, **settings) -> Iterator[tuple[object, list[str]]]:
    """A page, and what went wrong on it or was asked for beyond its own address."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
    page = context.new_page()
    # A first draft check loads the parser's model; on a machine at work that has taken more than the usual half minute.
    page.set_default_timeout(120_000)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    own = address.split("?")[0].rpartition("/")[0]
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith((own, "data:,")) else None)
    page.goto(address)
    yield page, wrong
    context.close()


def _scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.fixture
def opened():
    """How to open an address: gives the page, and a list of what went wrong on it."""
    return _opened


@pytest.fixture
def scrolls_sideways():
    """Whether a page is wider than its window."""
    return _scrolls_sideways


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def served(own_case):
    import uvicorn

    from firstsaid.showing.serving import Page, application

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    with Corpus(own_case, connect.connect(own_case)) as corpus:
        server = uvicorn.Server(uvicorn.Config(application(Page(corpus), TOKEN, port), log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}", own_case
        server.should_exit = True
        thread.join()
    listener.close()
