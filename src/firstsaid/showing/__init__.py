"""Views + templates -> the report and the local page. See docs/explanation/architecture.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from firstsaid.showing.report import write_report
from firstsaid.showing.report_contents import ReportSettings

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

__all__ = ["ReportSettings", "serve_corpus", "write_report"]


def serve_corpus(corpus: Corpus, port: int, *, open_page: bool, say: Callable[[str], None]) -> None:
    """Show a corpus on 127.0.0.1 until interrupted; the web server is imported only here."""
    from firstsaid.showing.serving import serve

    serve(corpus, port, open_page=open_page, say=say)
