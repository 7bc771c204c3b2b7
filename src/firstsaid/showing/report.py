"""A corpus as something to give to others: one HTML file, or a folder of pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid.showing.report_contents import ReportSettings
from firstsaid.showing.report_file import report_html
from firstsaid.showing.report_folder import write_folder
from firstsaid.unfinished import whole_file

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus


def write_report(corpus: Corpus, output: Path, settings: ReportSettings | None = None) -> None:
    """Write the report: a folder with everything where the name has no ending, else one file.

    It appears whole or not at all; the same corpus gives the same bytes. A device or a pipe (`/dev/stdout`) is written to as it is.

    Raises:
        UsageError: there is a folder of that name already, and it is no report.
    """
    output = Path(output)
    settings = settings or ReportSettings()
    if output.is_dir() or not (output.suffix or output.exists()):
        write_folder(corpus, output, settings)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(output) as making, making.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(report_html(corpus, settings))
