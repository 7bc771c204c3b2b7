"""A corpus as a folder of small pages: an index, and every page that a link leads to. It opens from a stick and asks nobody."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid.errors import UsageError
from firstsaid.showing import listing
from firstsaid.showing.hiding import persons_hidden
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import FOLDER, Asked, Links
from firstsaid.showing.rendering import GENERATOR, page_html, static
from firstsaid.showing.report_contents import ReportSettings, choose_documents, kept_back
from firstsaid.showing.routes import SCREENS
from firstsaid.showing.spoken import counted
from firstsaid.unfinished import private_folder

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

_LINK = re.compile(r'href="(?:pages/)?([^"#/]+\.html)')
INDEX, PAGES = "index.html", "pages"


def write_folder(corpus: Corpus, output: Path, settings: ReportSettings) -> None:
    """Write the report as a folder; an earlier report of that name is replaced once the new one is whole.

    Raises:
        UsageError: there is a folder of that name already, and it is no report.
    """
    if output.exists() and any(output.iterdir()) and not _is_report(output):
        raise UsageError(f"{output} is a folder that holds other things than a report. Give the name of a new folder, or of an .html file")
    output.parent.mkdir(parents=True, exist_ok=True)
    with private_folder(f"{output.name}-", output.parent, ".part") as making:
        _write_pages(corpus, making, settings)
        making.chmod(0o755)
        if output.exists():
            replaced = making.with_suffix(".old")
            output.rename(replaced)
            making.rename(output)
            shutil.rmtree(replaced)
        else:
            making.rename(output)


def _is_report(folder: Path) -> bool:
    index = folder / INDEX
    return index.is_file() and GENERATOR in index.read_text(encoding="utf-8", errors="replace")[:2_000]


def _write_pages(corpus: Corpus, folder: Path, settings: ReportSettings) -> None:
    """The index, then whatever it leads to, then whatever that leads to, until no link leads to a page that is not there."""
    (folder / PAGES).mkdir()
    for name in ("page.css", "page.js"):
        _write(folder / PAGES / name, static(name))
    documents = choose_documents(corpus, settings, settings.most_folder_bytes)
    hiding = persons_hidden(corpus, settings.withheld)
    asked: dict[str, tuple[str, Asked]] = {}

    def lines_at(prefix: str, home: str) -> Lines:
        links = Links(FOLDER, documents, prefix=prefix, home=home, asked=asked)
        return Lines(corpus, links, hiding, has_full_text=settings.has_full_text, most_text_chars=settings.most_text_chars)

    n_all = listing.one(corpus, "SELECT count(*) FROM document WHERE is_current")
    left_out = list(kept_back(settings))
    if len(documents) < n_all:
        left_out.append(f"This report holds {len(documents):,} of {counted(n_all, 'document')}; firstsaid serve shows them all.")
    index, lines = lines_at(f"{PAGES}/", INDEX), lines_at("", f"../{INDEX}")
    html = page_html(index, "overview", corpus.path.stem, listing.overview(index, " ".join(left_out)))
    _write(folder / INDEX, html)
    waiting = dict.fromkeys(_LINK.findall(html))
    written: set[str] = set()
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        # A link may have been made and then not shown; only what a reader can reach is written.
        if name in written or name not in asked:
            continue
        screen, wanted = asked[name]
        html = page_html(lines, screen, *SCREENS[screen].make(lines, wanted))
        _write(folder / PAGES / name, html)
        written.add(name)
        waiting.update(dict.fromkeys(one for one in _LINK.findall(html) if one not in written))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
