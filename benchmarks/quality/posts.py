"""Public posts and essays whose block quotations are labels: their Markdown, XHTML or LaTeX read into paragraphs without the layout.

Only what a reader of the bare text would see is left; no text is kept anywhere.
"""

from __future__ import annotations

import html
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

# One folder per public repository, OWNER+NAME, a git directory inside; one writer or one publication each. Every third or so was held out
# by name before anything was fitted.
HELD_OUT = frozenset(
    [
        "edsu",
        "lmullen",
        "mdlincoln",
        "chadwhitacre",
        "benbalter",
        "freelawproject",
        "mtlynch",
        "masak",
        "jonbeckett",
        "devonzuegel",
        "dahlia",
        "okfn",
        "18F",
        "john-reed",
        "henry-george",
        "booker-t-washington",
        "charles-babbage",
        "thomas-paine",
        "apsley-cherry-garrard",
        "emma-goldman",
        "frederick-douglass",
        "steveklabnik",
        "walshbr",
        "theodore-roosevelt",
        "cestlaviepriya",
        "doTheMath",
        "hindoohistory_frontierdharma",
        "machiavellianhindu",
        "ramaseshan",
        "smallbets",
        "vansatakopadaya",
    ]
)
POSTS = [
    "18F+18f.gsa.gov",
    "benbalter+benbalter.github.com",
    "brandur+sorg",
    "chadwhitacre+openpath",
    "chriskrycho+v5.chriskrycho.com",
    "dahlia+writings",
    "devhawk+blog-posts",
    "devonzuegel+devonzuegel.com",
    "dsab123+website-nextjs",
    "GeorgeStrakhov+essays-thoughts-letters",
    "edsu+inkdroid.org",
    "elotroalex+elotroalex.github.io",
    "faassen+secretweblog_zola",
    "freelawproject+free.law",
    "isotopp+isotopp.github.io",
    "jackass-theology+jackasstheology",
    "jlord+jlord.github.io",
    "johsieders+essays",
    "jonbeckett+jonbeckett.github.io",
    "jrincayc+rationality-ai-zombies",
    "karpathy+karpathy.github.io",
    "kemitchell+writing.kemitchell.com",
    "lmullen+lincolnmullen.com",
    "masak+strangelyconsistent-blog-posts",
    "mdlincoln+mdlincoln.github.io",
    "mtlynch+mtlynch.io",
    "okfn+okfn.github.com",
    "robjhyndman+robjhyndman.com",
    "rust-lang+blog.rust-lang.org",
    "ryan-l-robinson+theology.ryanrobinson.ca",
    "steveklabnik+steveklabnik.com",
    "stopachka+pg-essays",
    "tomcritchlow+tomcritchlow.github.io",
    "walshbr+walshbr.github.io",
    "wragge+timsherratt.org",
    "yihui+yihui.org",
]
BOOKS = "standardebooks+"  # essays and histories in the public domain, all of this publisher that lie there
COLLECTION = "hindu-comm+weblogs"  # essays and blogs of 44 writers, a folder each; one of them under two names
_SHELVES = ("non-hindu", "bauddham")  # folders of that repository that hold writers' folders
_SAME_WRITER = {"gnxp_razib": "razib"}
_MAX_FILES = 500  # of one writer there; he has thousands
_ENDINGS = (".md", ".markdown", ".mdx", ".Rmd", ".xhtml", ".tex")
_NOT_POSTS = re.compile(
    r"node_modules|README|LICENSE|CONTRIBUTING|CODE_OF|vendor|docs/api"
    r"|/(?:endnotes|colophon|imprint|uncopyright|titlepage|toc|loi|halftitle|bibliography|index|glossary)[^/]*\.xhtml"
)
CODE = "let x = { y: z }; call(x) = { a; b; c } => { return };"  # stands for program text
MASKED = -1  # the label of paragraphs that nobody could find, or that are no quotation of words: epigraphs, verse, boxes, mail
_MAX_FILE = 3_000_000  # bytes; larger ones are data
_MIN_WORDS = 12
_MAX_PARAGRAPHS = 12
_BOX = re.compile(
    r"(?:\[!|note\b|update|edit:|tip\b|warning|tl;?dr|disclaimer|caution|important\b|hinweis|attention|\$ |>|on .{5,60} wrote:|q:|a:|"
    r"editor.s note|this (?:post|article|piece)|originally)",
    re.IGNORECASE,
)
_STOP_WORDS = {
    "en": {"the", "and", "of", "to"},
    "de": {"der", "und", "die", "nicht", "das"},
    "fr": {"le", "les", "des", "et", "une"},
    "es": {"el", "los", "que", "y", "una"},
}
_WIDE_SCRIPT = re.compile("[\u3000-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `label` 0 for the author's own, 1, 2, ... for each block, `MASKED`. `kind`: text, item, heading, code, verse."""

    text: str
    label: int
    kind: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post, or a part of a long one."""

    author: str
    language: str
    paragraphs: list[Paragraph]

    @property
    def has_blocks(self) -> bool:
        """Whether anything is quoted as a block."""
        return any(paragraph.label > 0 for paragraph in self.paragraphs)


def posts(folder: Path) -> Iterator[Post]:
    """Every post of the repositories below `folder`, in order of their names, cut at some 70 paragraphs."""
    for place in sorted(folder.iterdir()):
        is_book = place.name.startswith(BOOKS)
        if not is_book and place.name not in (*POSTS, COLLECTION):
            continue
        n_files: Counter[str] = Counter()
        for path, text in _files(place / "repo", is_book):
            author = _author(place.name, path)
            n_files[author] += 1
            if place.name == COLLECTION and n_files[author] > _MAX_FILES:
                continue
            read = _of_xhtml(text) if path.endswith(".xhtml") else _of_tex(text) if path.endswith(".tex") else _of_markdown(text)
            if sum(paragraph.kind == "code" for paragraph in read) * 4 > len(read):
                continue
            for part in _parts(_labelled(read)):
                language = _language(" ".join(paragraph.text for paragraph in part))
                if language is not None:
                    yield Post(author, language, part)


def _author(repository: str, path: str) -> str:
    if repository == COLLECTION:
        folders = path.split("/")
        writer = folders[1] if folders[0] in _SHELVES else folders[0]
        return _SAME_WRITER.get(writer, writer)
    return repository.split("+")[1].split("_")[0] if repository.startswith(BOOKS) else repository.split("+")[0]


def _files(repository: Path, is_book: bool) -> Iterator[tuple[str, str]]:
    place = repository / ".git" if (repository / ".git").is_dir() else repository
    git = ["git", f"--git-dir={place}"]
    listed = subprocess.run([*git, "ls-tree", "-r", "-z", "HEAD"], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    rows = [row.partition("\t") for row in listed.split("\0")]
    wanted = [
        (head.split()[2], path)
        for head, _, path in rows
        if path.endswith(_ENDINGS) and path.endswith(".xhtml") == is_book and not _NOT_POSTS.search(path)
    ]
    names = "".join(name + "\n" for name, _ in wanted)
    data = subprocess.run([*git, "cat-file", "--batch"], input=names.encode(), capture_output=True, check=True).stdout
    at = 0
    for _, path in wanted:
        line = data.index(b"\n", at)
        fields = data[at:line].split()
        size = int(fields[2]) if fields[1:2] == [b"blob"] else -1  # else the snapshot lacks it
        if 0 <= size < _MAX_FILE:
            yield path, data[line + 1 : line + 1 + size].decode("utf-8", "replace")
        at = line + size + 2


def _clean(text: str) -> str:
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\] ?\[[^\]]*\]", r"\1", text)
    text = re.sub(r"<[^>]+>|\[\^[^\]]*\]|\{[{%][^}]*\}\}?|\{:?[#.][^}]*\}", "", text)
    text = re.sub(r"\*\*|__|\*|(?<!\w)_|_(?!\w)|`|\\", "", text)
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def _as_quoted(match: re.Match[str]) -> str:
    inner = re.sub(r"</p>|<br ?/?>\s*<br ?/?>|<p[^>]*>", "\n\n", match.group(1))
    return "\n\n" + "\n".join("> " + line for line in inner.strip().split("\n")) + "\n\n"


def _of_markdown(text: str) -> list[Paragraph]:
    text = text.replace("\r\n", "\n")
    text = re.sub(r"\A\ufeff?(---|\+\+\+)\n.*?\n(---|\+\+\+)\s*\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^[ >]*(```|~~~).*?^[ >]*\1[ \t]*$", "\n\n\x01\n\n", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<pre.*?</pre>|\{% highlight.*?endhighlight %\}", "\n\n\x01\n\n", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->|<(script|style|table|figure|svg|iframe)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r"<blockquote[^>]*>(.*?)</blockquote>", _as_quoted, text, flags=re.DOTALL)
    text = re.sub(r"\{% blockquote[^%]*%\}(.*?)\{% endblockquote %\}", _as_quoted, text, flags=re.DOTALL)
    text = re.sub(r"</p>|<p[^>]*>", "\n\n", text)
    text = re.sub(r"^ {0,3}\[[^\]]*\]:.*(?:\n[ \t]+\S.*)*$", "", text, flags=re.MULTILINE)
    found: list[Paragraph] = []
    lines: list[str] = []
    kind, is_quoted = "text", False

    def flush() -> None:
        if lines and (content := _clean(" ".join(lines))):
            found.append(Paragraph(content, int(is_quoted), kind))
        lines.clear()

    for line in [*text.split("\n"), ""]:
        quoted = re.match(r" {0,3}> ?", line)
        body = line[quoted.end() :] if quoted else line
        is_indented = not quoted and re.match(r"    |\t", line) and not lines and not (found and found[-1].kind == "item")
        if not body.strip() or re.match(r"\s*\||\s*([-*_=] ?){3,}$", body):
            flush()
        elif body.strip() == "\x01" or is_indented:
            flush()
            if not (found and found[-1].kind == "code"):
                found.append(Paragraph(CODE, int(bool(quoted)), "code"))
        elif re.match(r"#{1,6} ?\S", body):
            flush()
            lines, kind, is_quoted = [body.lstrip("# ")], "heading", bool(quoted)
            flush()
        else:
            is_item = re.match(r"\s*([-*+]|\d+[.)])\s", body)
            if is_item or (lines and bool(quoted) != is_quoted):
                flush()
            if not lines:
                kind, is_quoted = "item" if is_item else "text", bool(quoted)
            lines.append(re.sub(r"^\s*([-*+]|\d+[.)])\s", "- ", body) if is_item else body.strip())
    return found


def _of_xhtml(text: str) -> list[Paragraph]:
    text = re.sub(r"<head>.*?</head>|<a[^>]*epub:type=\"noteref\"[^>]*>.*?</a>", "", text, flags=re.DOTALL)
    found: list[list[str]] = []
    labels: list[int] = []
    depth, is_verse = 0, False
    for match in re.finditer(r"<(/?)(blockquote|p|h[1-6]|li)\b([^>]*)>|([^<]+)|<(br)\b[^>]*>|<[^>]+>", text):
        closes, tag, attributes, content, is_break = match.groups()
        if tag == "blockquote":
            depth = depth - 1 if closes else depth + 1
            is_verse = depth > 0 and (is_verse or bool(re.search("verse|poem|song|hymn|epigraph|inscription|drama", attributes)))
        elif tag and not closes:
            found.append(["verse" if is_verse else "heading" if tag[0] == "h" else "item" if tag == "li" else "text", ""])
            labels.append(int(depth > 0))
        elif found and (content or is_break):
            found[-1][1] += content or " "
    cleaned = [(kind, re.sub(r"\s+", " ", html.unescape(content)).replace("\u2060", "").strip()) for kind, content in found]
    return [Paragraph(content, label, kind) for (kind, content), label in zip(cleaned, labels, strict=True) if content]


def _of_tex(text: str) -> list[Paragraph]:
    text = re.sub(r"(?<!\\)%.*", "", text)
    text = re.sub(r"\\begin\{(quote|quotation)\}", "\n\n\x02\n\n", text)
    text = re.sub(r"\\end\{(quote|quotation)\}", "\n\n\x03\n\n", text)
    text = re.sub(r"\\footnote\{[^{}]*\}", "", text)
    text = re.sub(r"\\(label|index|mysection|section|chapter|part)\*?(\[[^\]]*\])?\{[^{}]*\}", "\n\n", text)
    for _ in range(3):
        text = re.sub(r"\\[a-zA-Z]+\*?(\[[^\]]*\])?\{([^{}]*)\}", r"\2", text)
    for sign, letter in (("``", "“"), ("''", "”"), ("---", "—"), ("--", "–"), ("`", "‘"), ("~", " ")):
        text = text.replace(sign, letter)
    found: list[Paragraph] = []
    is_quoted = False
    for part in re.split(r"\n\s*\n", text):
        if part.strip() in ("\x02", "\x03"):
            is_quoted = part.strip() == "\x02"
            continue
        content = re.sub(r"\\item\b", "- ", part)
        content = re.sub(r"\s+", " ", re.sub(r"\\[a-zA-Z]+|[{}\\]", "", content)).strip()
        if content:
            found.append(Paragraph(content, int(is_quoted), "item" if content.startswith("- ") else "text"))
    return found


def _labelled(read: list[Paragraph]) -> list[Paragraph]:
    """The blocks numbered, those that cannot count masked, and marks around a whole block taken away."""
    found: list[Paragraph] = []
    own = "\n".join(paragraph.text for paragraph in read if not paragraph.label)
    at = number = 0
    while at < len(read):
        stop = at
        while stop < len(read) and read[stop].label == read[at].label:
            stop += 1
        block = read[at:stop]
        if read[at].label:
            follows_text = at > 0 and read[at - 1].kind != "heading"
            block = [replace(paragraph, text=_INNER_SIGN.sub(" ", paragraph.text)) for paragraph in block]
            if follows_text and _counts(block) and not any(paragraph.text[:_PULLED] in own for paragraph in block):
                number += 1
                found += [replace(paragraph, label=number) for paragraph in _without_marks(block)]
            else:
                found += [replace(paragraph, label=MASKED) for paragraph in block]
        else:
            found += block
        at = stop
    return found


def _counts(block: list[Paragraph]) -> bool:
    last = block[-1].text
    return not (
        len(block) > _MAX_PARAGRAPHS
        or any(paragraph.kind in ("code", "verse") for paragraph in block)
        or block[0].kind in ("item", "heading")
        or _BOX.match(block[0].text)
        or sum(len(paragraph.text.split()) for paragraph in block) < _MIN_WORDS
        or not all(_is_in_words(paragraph.text[:300]) for paragraph in block)
        or (re.match(r"\W*[—–-]{1,3} ?\w", last) and len(last.split()) < 25)
        or re.search(r"[.!?”\"]\s*[—–-]{1,3} ?[A-Z][^.]{3,60}$", last)
    )


_INNER_SIGN = re.compile(r"(?<=\S) > (?=\S)")  # of a block whose lines were joined before
_PULLED = 60  # letters that the author says himself, word for word: a pull quote of his own text


def _is_in_words(text: str) -> bool:
    """Whether most of a text is Latin letters: no verse in another script, no table."""
    n_letters = sum(letter.isalpha() for letter in text)
    n_latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    return n_latin >= 0.8 * n_letters and sum(letter.isdigit() for letter in text) <= 0.2 * len(text)


def _without_marks(block: list[Paragraph]) -> list[Paragraph]:
    if not (all(paragraph.text[0] in '“"„«' for paragraph in block) and block[-1].text[-1] in '”"“»'):
        return block
    stripped = [replace(paragraph, text=paragraph.text[1:].strip().rstrip('”"“»').strip()) for paragraph in block]
    return [paragraph for paragraph in stripped if paragraph.text]


def _parts(paragraphs: list[Paragraph], length: int = 70) -> Iterator[list[Paragraph]]:
    at = 0
    while at < len(paragraphs):
        stop = min(len(paragraphs), at + length)
        while at + 20 < stop < len(paragraphs) and paragraphs[stop].label != 0:
            stop -= 1
        if sum(len(paragraph.text) for paragraph in paragraphs[at:stop]) > 600:
            yield paragraphs[at:stop]
        at = stop


def _language(text: str) -> str | None:
    """The language, None where it is none of those known here."""
    words = text.lower().split()[:3000]
    shares = {language: sum(word in known for word in words) / max(1, len(words)) for language, known in _STOP_WORDS.items()}
    best = max(sorted(shares), key=lambda language: shares[language])
    return best if shares[best] > 0.04 and len(_WIDE_SCRIPT.findall(text)) <= 0.03 * len(text) else None
