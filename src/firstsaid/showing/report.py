"""A corpus as something to give to others: one HTML file, or a folder of pages."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid.showing.report_contents import ReportSettings
from firstsaid.showing.report_file import report_html
from firstsaid.showing.report_folder import write_folder

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
    elif output.exists() and not output.is_file():
        with output.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(report_html(corpus, settings))
    else:
        _write_file(corpus, output, settings)


def _write_file(corpus: Corpus, output: Path, settings: ReportSettings) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=output.name + "-", suffix=".part", dir=output.parent)
    making = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            for part in report_html(corpus, settings):
                file.write(part)
        making.chmod(0o644)
        making.replace(output)
    finally:
        making.unlink(missing_ok=True)
