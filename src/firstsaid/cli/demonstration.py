"""The bundled example, traced from its files to its report."""

from __future__ import annotations

from pathlib import Path

from firstsaid.engines import Progress
from firstsaid.errors import UsageError


def example_folder() -> Path:
    """Where the example corpus lies: in the package when installed, in `examples/` in a clone.

    Raises:
        UsageError: this installation came without it.
    """
    here = Path(__file__).resolve()
    for folder in (here.parents[1] / "examples" / "corpus", here.parents[3] / "examples" / "corpus"):
        if folder.is_dir():
            return folder
    raise UsageError("this installation came without the example corpus. Clone the repository and run: make demo")


def run_demo(folder: Path, progress: Progress) -> Path:
    """Add, trace and report the example into `folder`. Returns the report's absolute path.

    A demo that was interrupted, or made by an older version, is simply brought up to date.
    """
    from firstsaid.corpus import open_corpus
    from firstsaid.showing import write_report

    folder.mkdir(parents=True, exist_ok=True)
    with open_corpus(folder / "example.firstsaid", create=True) as corpus:
        corpus.add(example_folder(), progress=progress)
        corpus.trace(progress=progress)
        report = (folder / "report.html").resolve()
        write_report(corpus, report)
    return report
