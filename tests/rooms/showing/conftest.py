"""A small made-up case, written straight into a corpus file: five documents, one hostile, one in Arabic."""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest

from firstsaid.columns import to_table
from firstsaid.corpus import Corpus
from firstsaid.dates import from_edtf
from firstsaid.model import (
    Citation,
    Document,
    Evidence,
    Family,
    Figure,
    Finding,
    Intake,
    Layout,
    Name,
    Part,
    Passage,
    Prediction,
    Problem,
    Quotation,
    Reading,
    Received,
    ScareQuote,
    Spelling,
    StemmaEdge,
    StemmaNode,
    Tie,
    digest,
)
from firstsaid.store import connect, read, write
from firstsaid.wording import differences

PASSAGE = "The pump at the old mill stopped at dawn, and at least 30 houses in the lower street stood in water until noon"
ALTERED = "The pump at the old mill stopped at dawn, and 30 houses in the lower street stood in water until the evening"

TEXTS = {
    "harbour/one.html": f"{PASSAGE}. “We had warned the board twice,” said Ilse Maren, who keeps the mill. The board will replace the "
    "pump within a year, it says. Costs are put at 4 million crowns.\n\nRead more on our pages",
    "post/two.html": f"{ALTERED}. “We had warned the board,” said Ilse Maren. The “repair” took a week.\n\nAs the Harbour "
    "Lantern reported, 12 pumps are of the same make.[1]",
    "wire/three.txt": f"{ALTERED}, the service reports.\n\nThe head of the board, Tomas Brandt, said that nobody had warned him.",
    "hostile/<script>alert(1)<\u002fscript>.txt": "Before <script>document.title='broken'</script> after. \u202eesrever si siht\u202c and "
    '<img src=x onerror="alert(2)">. A \u2067hidden isolate. ' + "Long word " + "x" * 400 + ".",
    "arabic/five.html": "توقفت المضخة عند الفجر، وغمرت المياه ثلاثين منزلا في الشارع السفلي. وقال توماس براندت: «لم يحذرنا أحد».",
}
TITLES = {
    "harbour/one.html": ("Mill pump fails", "Harbour Lantern", "en", "2021-03-02"),
    "post/two.html": ("Lower street under water", "Kelsen Post", "en", "2021-03-03"),
    "wire/three.txt": ("Thirty houses flooded", "Marchwire", "en", "2021-03-04T07:30Z"),
    "hostile/<script>alert(1)</script>.txt": ("<b>Bold</b> \u202egpj.exe", 'Out"let<i>', None, None),
    "arabic/five.html": ("المضخة القديمة", "صدى الميناء", "ar", "2021-03"),
}


def _span(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def make_case(path: Path) -> None:
    """Write the case to a new corpus file."""
    connection = connect.create(path)
    documents: dict[str, Document] = {}
    with connect.transaction(connection):
        for location, text in TEXTS.items():
            title, outlet, language, date = TITLES[location]
            published = from_edtf(date, "meta") if date else None
            received = Received(location, location, 0, "text/plain", text.encode(), 27_000_000, "file")
            capture_id, _ = write.add_capture(connection, received)
            (capture,) = read.captures(connection, "WHERE id = ?", (capture_id,))
            url = "javascript:alert(3)" if "hostile" in location else f"https://example.org/{location}"
            part = Part(0, len(text), "", url, title, ("A. Writer",), outlet, language, published)
            layout = []
            if location == "harbour/one.html":
                start, end = _span(text, "Read more on our pages")
                layout = [Layout("", start, end, "boilerplate", None, "call"), Layout("", start, end, "link", "javascript:alert(4)")]
            if location == "post/two.html":
                layout = [Layout("", *_span(text, "Harbour Lantern"), "link", "https://example.org/a?b=1&c=2")]
            problems = []
            if "hostile" in location:
                problems = [Problem.of("undated", location, "<u>no</u> date was found", "Add one to the file's name")]
            write.add_intake(connection, capture, Intake(text, (part,), tuple(layout), tuple(problems)))
        for document in read.documents(connection):
            documents[document.location] = document
        _derive(connection, documents)
    connection.close()


def _derive(connection, documents: dict[str, Document]) -> None:
    one, two, three, hostile, arabic = (documents[location] for location in TEXTS)
    rows: dict[str, list] = {}

    def quote(document: Document, words: str, speaker: str | None, form: str = "direct") -> None:
        start, end = _span(document.text, words)
        at = _span(document.text, speaker) if speaker else (None, None)
        identity = Quotation.identify(document.id, start, end, form)
        rows.setdefault("quotation", []).append(Quotation(identity, document.id, start, end, form, ((start, end),), *at, speaker))

    def figure(document: Document, words: str, low: str, unit: str | None, kind: str = "count", modifier: str = "exact") -> None:
        start, end = _span(document.text, words)
        rows.setdefault("figure", []).append(
            Figure(digest(document.id, start), document.id, start, end, low, None if modifier == "at_least" else low, unit, kind, modifier)
        )

    quote(one, "We had warned the board twice", "Ilse Maren")
    quote(two, "We had warned the board", "Ilse Maren")
    quote(three, "nobody had warned him", "Tomas Brandt", "indirect")
    quote(arabic, "لم يحذرنا أحد", "توماس براندت")
    figure(one, "at least 30", "30", None, modifier="at_least")
    figure(two, "30", "30", None)
    figure(one, "4 million crowns", "4000000", "CZK", "money")
    rows["scare_quote"] = [ScareQuote(two.id, *_span(two.text, "repair"), "scare")]
    start, end = _span(one.text, "The board will replace the pump within a year, it says")
    rows["prediction"] = [Prediction("p1", one.id, start, end, *_span(one.text, "within a year"), 26_900_000, 27_400_000)]
    rows["citation"] = [
        Citation("c1", two.id, *_span(two.text, "[1]"), "footnote_marker", 1, None, False, None, "no note 1 in the text"),
        Citation("c2", two.id, *_span(two.text, "As the Harbour Lantern reported"), "in_text", None, "Harbour Lantern", True, one.id),
    ]
    rows["name"] = [Name("n1", "Ilse Maren", "person", ("Ilse Maren", "Maren"), 2, 2)]
    rows["spelling"] = [
        Spelling("s1", "n1", "Ilse Maren", "Ilse Maren", "as it stands", 8_000, False, 1, 1),
        Spelling("s2", "n1", "Maren<i>", "Ilse Maren", "“Maren” is the last word of “Ilse Maren” & <more>", 8_500, False, 1, 1),
    ]
    tied = (*_span(one.text, "Ilse Maren"), "Ilse Maren", "s1", *_span(one.text, "the mill"), "Old <b>Mill", "s9")
    rows["tie"] = [Tie("t1", one.id, *_span(one.text, "Ilse Maren, who keeps the mill"), "works_for", *tied, is_denied=True)]
    family_id = digest("family", "pump")
    witnesses = [(one, PASSAGE), (two, ALTERED), (three, ALTERED)]
    rows["passage"] = [
        Passage(digest("passage", document.id), family_id, document.id, *_span(document.text, words)) for document, words in witnesses
    ]
    readings = tuple(
        Reading(two.id, d.right_start, d.right_end, one.id, d.left_start, d.left_end, d.kind, d.right_text, d.left_text)
        for d in differences(PASSAGE, ALTERED)
    )
    rows["family"] = [
        Family(
            family_id, 3, 3, 23, PASSAGE, (one.id,), 1, 2, ("all share “stopped at dawn”",), True,
            (StemmaNode(one.id, True), StemmaNode("lost-1", False), StemmaNode(two.id, True), StemmaNode(three.id, True)),
            (
                StemmaEdge(one.id, "lost-1", 6_000, "copy", ("one rewording stands between",)),
                StemmaEdge("lost-1", two.id, 9_500, "copy", ("shares “until the evening” & <more>",)),
                StemmaEdge(two.id, three.id, 4_000, "copy", ("printed a day later",)),
            ),
            readings,
        )
    ]  # fmt: skip
    rows["finding"] = [
        Finding(
            digest("finding", 1), "quotation-altered", "“We had warned the board twice”", "“twice” is missing in the Kelsen Post.",
            ("an edited quotation",), 8_200,
            (
                Evidence(one.id, *_span(one.text, "We had warned the board twice"), "has “twice”"),
                Evidence(two.id, *_span(two.text, "We had warned the board"), "has it not"),
            ),
        ),
        Finding(
            digest("finding", 2), "figure-drift", "at least 30 houses", "“at least 30” became “30” on the way.", ("a later count",), 6_000,
            (Evidence(one.id, *_span(one.text, "at least 30"), "says at least"), Evidence(three.id, *_span(three.text, "30"), "says 30")),
        ),
        Finding(
            digest("finding", 3), "dates-disagree", "<script>alert(5)</script>", "A <b>hostile</b> reason.", (), 2_000,
            (Evidence(hostile.id, 0, 6, "<i>role</i>"),),
        ),
    ]  # fmt: skip
    nouns = {
        "quotation": Quotation, "figure": Figure, "scare_quote": ScareQuote, "prediction": Prediction, "citation": Citation, "name": Name,
        "spelling": Spelling, "tie": Tie, "passage": Passage, "family": Family, "finding": Finding,
    }  # fmt: skip
    for name, listed in rows.items():
        write.save_rows(connection, name, to_table(nouns[name], listed), "run-by-hand")


@pytest.fixture(scope="session")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case; treat it as read-only."""
    path = tmp_path_factory.mktemp("case") / "pump.firstsaid"
    make_case(path)
    return path


@pytest.fixture
def case(case_file: Path):
    with Corpus(case_file, connect.connect(case_file)) as corpus:
        yield corpus


class Page(HTMLParser):
    """Ids, links and attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def parse(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


@pytest.fixture
def parsed():
    """How a page reads: its tags, attributes and words."""
    return parse


@pytest.fixture
def own_case(tmp_path: Path) -> Path:
    """A copy of the case that a test may write to."""
    path = tmp_path / "own.firstsaid"
    make_case(path)
    return path


TOKEN, PORT = "secret-token", 8731
HOST = f"127.0.0.1:{PORT}"
COOKIE = f"firstsaid_{PORT}={TOKEN}"


class Answer:
    def __init__(self, messages):
        self.status = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.text = b"".join(message.get("body", b"") for message in messages[1:]).decode()


def ask(app, path, *, method="GET", host=HOST, cookie=COOKIE, headers=(), body=b""):
    parts = urlsplit(path)
    sent = [(b"host", host.encode()), *[(name.encode(), value.encode()) for name, value in headers]]
    if cookie:
        sent.append((b"cookie", cookie.encode()))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": parts.path,
        "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "", "headers": sent, "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
    }  # fmt: skip
    messages = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message):
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(messages)


OURS = (("origin", f"http://{HOST}"),)


def post(app, path, *, headers=OURS, content_type="application/x-www-form-urlencoded", body=None, **fields):
    """Send a form of the page's own."""
    sent = (*headers, ("content-type", content_type))
    return ask(app, path, method="POST", headers=sent, body=urlencode(fields).encode() if body is None else body)


def multipart(text="", name="", data=b""):
    """The body of the draft's form, and its content type."""
    boundary = b"----boundary7f"
    parts = [b'Content-Disposition: form-data; name="draft"; filename="' + name.encode() + b'"\r\nContent-Type: text/plain\r\n\r\n' + data]
    parts.append(b'Content-Disposition: form-data; name="text"\r\n\r\n' + text.encode())
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"
    return body, f"multipart/form-data; boundary={boundary.decode()}"


@pytest.fixture
def page():
    """How to ask the local page: its constants, `ask`, `post` and `multipart`."""
    return SimpleNamespace(ask=ask, post=post, multipart=multipart, TOKEN=TOKEN, PORT=PORT, HOST=HOST, COOKIE=COOKIE)


@pytest.fixture
def app(case):
    from firstsaid.showing.serving import Page as Served
    from firstsaid.showing.serving import application

    return application(Served(case), TOKEN, PORT)


@pytest.fixture
def own_app(own_case):
    """The page of a corpus that a test may write to, and the corpus."""
    from firstsaid.showing.serving import Page as Served
    from firstsaid.showing.serving import application

    with Corpus(own_case, connect.connect(own_case)) as corpus:
        yield application(Served(corpus), TOKEN, PORT), corpus
