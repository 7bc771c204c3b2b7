"""Commands that work on a corpus."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firstsaid.cli.printing import STEP_WORDS, no_corpus, print_rows, progress_bars, say, visible

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

CORPUS = click.argument("corpus", metavar="CORPUS")
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")

LISTS = ("documents", "claims", "quotations", "figures", "citations", "predictions", "names", "ties", "families", "findings", "problems")


def opened_corpus(corpus: str, *, read_only: bool = False) -> Corpus:
    """The corpus meant by CORPUS, for one command. For a folder of texts it says where the corpus file is kept."""
    from firstsaid.corpus import corpus_path, open_corpus

    path, folder = corpus_path(corpus)
    if folder is not None and not path.exists():
        say(f"reading {folder} into {path}, which is kept beside it")
    return open_corpus(corpus, read_only=read_only and folder is None)


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, default="firstsaid-demo", type=click.Path(path_type=Path))
@click.option("--open/--no-open", "open_page", default=None, help="Open the report in the browser (default: if there is a screen).")
def demo(folder: Path, open_page: bool | None) -> None:
    """Trace the bundled example and write its report."""
    from firstsaid.cli.demonstration import run_demo

    with progress_bars() as progress:
        report = run_demo(folder, progress)
    if open_page or (open_page is None and sys.stdout.isatty()):
        click.launch(report.as_uri())
    say("Open the report in a browser; it needs no network:")
    click.echo(str(report))


@click.command()
@CORPUS
@click.argument("places", metavar="PATH|URL...", nargs=-1, required=True)
def add(corpus: str, places: tuple[str, ...]) -> None:
    """Read in files, folders and web addresses. Adding the same again adds nothing; an interrupted add goes on."""
    from firstsaid.corpus import open_corpus
    from firstsaid.corpus.adding import check_places

    check_places(places)
    with open_corpus(corpus, create=True) as opened, progress_bars() as progress:
        report = opened.add(*places, progress=progress)
        path = opened.path
    say(f"{report.n_documents} new documents from {report.n_captures} new captures; {report.n_known} captures were there already")
    for problem in report.problems[:5]:
        say(f"  {problem.location}: {problem.message}. {problem.advice}")
    if len(report.problems) > 5:
        say(f"  and {len(report.problems) - 5} more problems: firstsaid list {path} problems")
    say(f"Next: firstsaid trace {path}")


@click.command()
@CORPUS
@click.option("--engine", default="embedded", show_default=True, metavar="NAME", help="What runs the steps.")
def trace(corpus: str, engine: str) -> None:
    """Find what is said, who says it, where else, where it came from, and what does not hold together."""
    with opened_corpus(corpus) as opened, progress_bars() as progress:
        report = opened.trace(engine, progress=progress)
        path = opened.path
        n_findings = sum(1 for _ in opened.findings())
    if report.ran:
        say(f"Traced {report.n_documents} documents in {report.seconds:.1f} s: {n_findings} findings")
        if report.passed is not None:
            say(
                f"The corpus has passed {report.passed:,} documents: what counts as more than chance has changed, and all was compared anew"
            )
    else:
        say(f"Nothing has changed since the last trace: {report.n_documents} documents, {n_findings} findings")
    say(f"Next: firstsaid report {path} -o report.html, or firstsaid list {path} findings")


@click.command()
@CORPUS
@JSON
def status(corpus: str, as_json: bool) -> None:
    """Say what is in a corpus, what is stale, what was refused and why."""
    from firstsaid.corpus.rows import problem_row, status_row

    with opened_corpus(corpus, read_only=True) as opened:
        state = opened.status()
        problems = opened.problems()
    if as_json:
        print_rows([status_row(state, problems)], True, str)
        return
    click.echo(f"{state.path}: {state.n_documents} documents in {state.n_captures} captures, {state.n_outlets} outlets")
    click.echo(f"dates: {state.first_day or 'none'} to {state.last_day or 'none'}")
    for name, count in state.counts.items():
        click.echo(f"  {count:>9,}  {name.replace('_', ' ')}")
    click.echo(f"decisions: {state.n_decisions}, of which {len(state.unanchored)} no longer find their words")
    stale = (
        f"{', '.join(STEP_WORDS.get(step, step) for step in state.stale)}. Run: firstsaid trace {state.path}" if state.stale else "nothing"
    )
    click.echo(f"stale: {stale}")
    if state.n_unread:
        click.echo(f"not read yet: {state.n_unread} captures. Run: firstsaid trace {state.path}")
    for problem in problems[:20]:
        row = problem_row(problem)
        click.echo(visible(f"problem: {row['file']}: {row['message']}. {row['advice']}"))
    if len(problems) > 20:
        click.echo(f"and {len(problems) - 20} more problems: firstsaid list {state.path} problems")


@click.command("list")
@CORPUS
@click.argument("what", type=click.Choice(LISTS))
@click.option("--speaker", metavar="NAME", help="Only quotations given to this name, under any of its spellings.")
@click.option("--kind", metavar="KIND", help="Only findings of this kind.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many rows.")
@JSON
def list_rows(corpus: str, what: str, speaker: str | None, kind: str | None, limit: int | None, as_json: bool) -> None:
    """List what a corpus holds."""
    from itertools import islice

    from firstsaid.corpus.rows import line_of, rows_of
    from firstsaid.errors import UsageError
    from firstsaid.model import FINDING_KINDS

    if speaker and what != "quotations":
        raise UsageError("--speaker goes with quotations only")
    if kind and (what != "findings" or kind not in FINDING_KINDS):
        raise UsageError(f"--kind goes with findings only, and is one of: {', '.join(FINDING_KINDS)}")
    with opened_corpus(corpus, read_only=True) as opened:
        is_known = not speaker or _say_who_is_meant(opened, speaker)
        n_rows = print_rows(islice(rows_of(opened, what, speaker=speaker, kind=kind), limit), as_json, line_of(what))
        if not n_rows and limit != 0 and is_known:
            say(f"no {what} {f'of {speaker}' if speaker else f'of kind {kind}' if kind else 'here'}" + _stale_hint(opened))


MOST_MEANT = 6


def _say_who_is_meant(opened: Corpus, speaker: str) -> bool:
    """Which names a speaker's words fit, where they fit several; which are written like it, where they fit none (then False)."""
    meant, closest = opened.speakers_like(speaker)
    if len(meant) > 1:
        rest = f" and {len(meant) - MOST_MEANT} more" if len(meant) > MOST_MEANT else ""
        say(f"“{speaker}” fits {len(meant)} speakers, all listed: {'; '.join(meant[:MOST_MEANT])}{rest}. The whole name gives only one")
    elif not meant:
        like = f"; written like it: {'; '.join(closest)}" if closest else ""
        say(f"nobody called “{speaker}” is quoted here{like}. All names: firstsaid list {opened.path} names" + _stale_hint(opened))
    return bool(meant)


def _stale_hint(opened: Corpus) -> str:
    from firstsaid import pipeline

    return f"; some of it is not traced yet: firstsaid trace {opened.path}" if pipeline.stale_steps(opened.connection) else ""


@click.command()
@CORPUS
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@JSON
def search(corpus: str, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find documents by their words; words in quotation marks must stand together."""
    from firstsaid.corpus.rows import line_of, search_row

    with opened_corpus(corpus, read_only=True) as opened:
        found = opened.search(" ".join(words), limit)
        if not print_rows((search_row(document, snippet) for document, snippet in found), as_json, line_of("search")):
            say("no document holds all these words")


@click.command()
@CORPUS
@click.argument("words", nargs=-1, required=True)
@JSON
def whence(corpus: str, words: tuple[str, ...], as_json: bool) -> None:
    """Say where these words, or this claim, were first said: earliest witness, family, variants, origins."""
    from firstsaid.corpus.rows import whence_lines, whence_row

    with opened_corpus(corpus) as opened:
        answer = opened.whence(" ".join(words))
        if as_json:
            print_rows([whence_row(opened, answer)], True, str)
        else:
            click.echo("\n".join(visible(line, is_text=True) for line in whence_lines(opened, answer)))


@click.command()
@CORPUS
@click.argument("drafts", metavar="DRAFT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@JSON
@click.option(
    "--html", "page", type=click.Path(path_type=Path, dir_okay=False), callback=no_corpus,
    help="Write a page with the draft and the evidence side by side.",
)  # fmt: skip
@click.option(
    "--comments", type=click.Path(path_type=Path, dir_okay=False), callback=no_corpus,
    help="Write a copy of the draft with comments in its margin: .docx or .md.",
)  # fmt: skip
def check(corpus: str, drafts: tuple[Path, ...], as_json: bool, page: Path | None, comments: Path | None) -> None:
    """Hold every quotation, figure and citation of a draft against a corpus. Exit code 1 when something is flagged.

    A draft is text, Markdown, HTML, Word (.docx) or PDF. It is never stored.
    """
    from firstsaid.corpus.rows import verdict_line, verdict_row
    from firstsaid.errors import UsageError
    from firstsaid.exporting import write_commented, write_draft_page

    if len(drafts) > 1 and (page or comments):
        raise UsageError("--html and --comments take one draft at a time")
    n_flagged = 0
    with opened_corpus(corpus) as opened:
        for draft in drafts:
            result = opened.check(draft)
            rows = [verdict_row(opened, draft, result.text, verdict) for verdict in result.verdicts]
            print_rows(rows, as_json, lambda row: verdict_line(row))
            n_flagged += sum(verdict.flag for verdict in result.verdicts)
            if page:
                write_draft_page(opened, draft, result, page)
            if comments:
                write_commented(opened, draft, result, comments)
            for note in result.notes:
                say(f"{draft}: {note}")
            for document_id in result.left_out:
                say(f"{draft}: left out {opened.document(document_id).location}, which shares nearly all its words with the draft")
            say(f"{draft}: {len(rows)} things checked, {sum(verdict.flag for verdict in result.verdicts)} to look at")
    sys.exit(1 if n_flagged else 0)


@click.command()
@CORPUS
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), callback=no_corpus,
    help="One file where the name ends in .html, else a folder of pages with everything.",
)  # fmt: skip
@click.option("--withhold", multiple=True, metavar="NAME", help="A private person to hide, under all known spellings. Repeat for more.")
@click.option(
    "--withhold-list", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A text file with such names, one on each line."
)
@click.option("--full-text/--no-full-text", default=True, help="Without: only what is quoted or disputed (the texts may not be yours).")
def report(corpus: str, output: Path, withhold: tuple[str, ...], withhold_list: Path | None, full_text: bool) -> None:
    """Write a report that opens in any browser, without a network."""
    from firstsaid.showing import ReportSettings, write_report

    listed = withhold_list.read_text(encoding="utf-8-sig").splitlines() if withhold_list else []
    names = tuple(dict.fromkeys(name.strip() for name in (*withhold, *listed) if name.strip()))
    with opened_corpus(corpus, read_only=True) as opened:
        write_report(opened, output, ReportSettings(withheld=names, has_full_text=full_text))
        hint = _stale_hint(opened)
    if hint:
        say(f"the report shows what was there{hint}")
    click.echo(str((output / "index.html" if output.is_dir() else output).resolve()))


@click.command()
@CORPUS
@click.option("--port", default=8731, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--open/--no-open", "open_page", default=True, help="Open the page in the browser.")
def serve(corpus: str, port: int, open_page: bool) -> None:
    """Show a corpus as a local page, on this machine only."""
    from firstsaid.showing import serve_corpus

    with opened_corpus(corpus) as opened:
        serve_corpus(opened, port, open_page=open_page, say=say)


@click.command()
@CORPUS
@click.option("--to", "form", required=True, metavar="FORMAT", help="jsonl, csv, parquet, or w3c (Web Annotations).")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), callback=no_corpus,
    help="A folder for jsonl, csv and parquet; a file for w3c.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over files that are there already.")
def export(corpus: str, form: str, output: Path, force: bool) -> None:
    """Write a corpus in an open standard."""
    from firstsaid.exporting import export_corpus

    with opened_corpus(corpus, read_only=True) as opened:
        for path in export_corpus(opened, form, output, force=force):
            click.echo(str(path))


@click.command()
@CORPUS
@click.argument("subject", metavar="FINDING|NAME")
@click.argument("verdict", type=click.Choice(["confirmed", "dismissed", "noted", "joined", "split"]))
@click.option("--with", "other", metavar="NAME", help="The other spelling, where you decide whether two are one: joined, split, confirmed.")
@click.option("--why", default="", help="The reason, in your words; needed for a dismissal.")
def decide(corpus: str, subject: str, verdict: str, other: str | None, why: str) -> None:
    """Keep your decision on a finding, or on whether two spellings are one name; it survives every new trace."""
    from firstsaid.errors import UsageError

    if other is None and verdict in ("joined", "split"):
        raise UsageError(f"{verdict} needs the other spelling: --with NAME")
    with opened_corpus(corpus) as opened:
        if other is not None:
            opened.decide_names(subject, other, verdict, why)
            say(f"{subject} and {other}: {verdict}. Next: firstsaid trace {opened.path}")
            return
        decision = opened.decide(subject, verdict, why)
    say(f"{decision.subject_kind} {decision.subject_id[:8]}: {decision.verdict}")


@click.command()
@CORPUS
@click.argument("locations", metavar="LOCATION...", nargs=-1, required=True)
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option("--published", metavar="DATE", help="When: 1890-01-31, 1890-01, 1890, or 1890-01/1890-03 for a range.")
@click.option("--title", metavar="TEXT")
@click.option("--author", "authors", metavar="NAME", multiple=True, help="Once for each author.")
def describe(
    corpus: str, locations: tuple[str, ...], outlet: str | None, published: str | None, title: str | None, authors: tuple[str, ...]
) -> None:
    """Say of documents what they do not say themselves, such as who published a plain text, and when.

    LOCATION is as `firstsaid list CORPUS documents` shows it; `*` in it stands for any characters, and later documents that fit are meant
    too. What was said last holds; it is kept like your decisions.
    """
    with opened_corpus(corpus) as opened:
        n_documents = opened.describe(*locations, outlet=outlet, published=published, title=title, authors=authors or None)
        path = opened.path
    say(f"{n_documents} documents described. Next: firstsaid trace {path}")


@click.command()
@CORPUS
@click.argument("left", metavar="A")
@click.argument("right", metavar="[B]", required=False)
@JSON
def compare(corpus: str, left: str, right: str | None, as_json: bool) -> None:
    """Show what differs between two documents, two versions or two corpora, by kind of reading.

    With A and B: two documents of the corpus. With A alone: another corpus, or a location of which CORPUS has several versions.
    """
    from firstsaid.corpus.changes import changes_between, changes_over_time, versions_of
    from firstsaid.corpus.rows import change_line, change_row, difference_line, difference_row
    from firstsaid.wording import differences

    if right is None:
        with opened_corpus(corpus, read_only=True) as opened:
            if Path(left).exists() and (Path(left).is_dir() or Path(left).suffix == ".firstsaid"):
                with opened_corpus(left, read_only=True) as other_corpus:
                    n_changes = print_rows((change_row(one) for one in changes_between(opened, other_corpus)), as_json, change_line)
            else:
                n_changes = print_rows((change_row(one) for one in changes_over_time(versions_of(opened, left))), as_json, change_line)
        if not n_changes:
            say("nothing has changed")
        return
    with opened_corpus(corpus, read_only=True) as opened:
        one, other = opened.document(left), opened.document(right)
    rows = (difference_row(one, other, difference) for difference in differences(one.text, other.text))
    if not print_rows(rows, as_json, difference_line):
        say("no word differs")


@click.command()
@CORPUS
def reread(corpus: str) -> None:
    """Read the kept bytes again with this version; texts that come out differently replace the old documents."""
    with opened_corpus(corpus) as opened, progress_bars() as progress:
        report = opened.reread(progress)
        path = opened.path
    say(
        f"{report.n_known} captures read again, {report.n_documents} documents replaced"
        + (f". Next: firstsaid trace {path}" if report.n_documents else "")
    )


@click.command()
@CORPUS
@JSON
def verify(corpus: str, as_json: bool) -> None:
    """Check that every byte, text and span is still what it was. Exit code 1 when something is not."""
    with opened_corpus(corpus, read_only=True) as opened:
        result = opened.verify()
    print_rows(({"failure": failure} for failure in result.failures), as_json, lambda row: str(row["failure"]))
    say(f"{result.n_captures} captures, {result.n_documents} documents, {result.n_spans} spans checked; {len(result.failures)} failures")
    sys.exit(1 if result.failures else 0)


@click.command()
@CORPUS
@click.argument("path", type=click.Path(path_type=Path))
def backup(corpus: str, path: Path) -> None:
    """Copy a corpus to a new file, also while it is being written."""
    with opened_corpus(corpus, read_only=True) as opened:
        opened.backup(path)
    click.echo(str(path))


@click.command()
@CORPUS
@click.argument("locations", metavar="LOCATION...", nargs=-1, required=True)
def forget(corpus: str, locations: tuple[str, ...]) -> None:
    """Delete captures by their location, with all their documents; the bytes are overwritten. Decisions stay."""
    with opened_corpus(corpus) as opened:
        n_documents = opened.forget(locations)
        path = opened.path
    say(f"{n_documents} documents forgotten. Next: firstsaid trace {path}")


@click.command("import")
@CORPUS
@click.argument("results", type=click.Path(path_type=Path))
def import_results(corpus: str, results: Path) -> None:
    """Take in what `firstsaid export --to jsonl` wrote of another corpus: its decisions, laid on this corpus's findings."""
    from firstsaid.corpus.deciding import import_decisions

    with opened_corpus(corpus) as opened:
        n_new, n_known = import_decisions(opened.connection, results)
    say(f"{n_new} decisions taken in, {n_known} were there already")


COMMANDS = (
    demo, add, describe, trace, status, list_rows, search, whence, check, report, serve, export, decide, compare, reread, verify, backup,
    forget, import_results,
)  # fmt: skip
