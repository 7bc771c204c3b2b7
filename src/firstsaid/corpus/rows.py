"""What listings print: one flat dictionary a row for `--json`, one line a row for people. Scores are 0..1 here, days YYYY-MM-DD."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from firstsaid.columns import as_dict
from firstsaid.corpus import Corpus, Status
from firstsaid.corpus.changes import Change
from firstsaid.corpus.naming import Heard
from firstsaid.corpus.through_time import time_lines, time_row
from firstsaid.corpus.whence import Whence
from firstsaid.dates import day, to_json
from firstsaid.model import FULL, Document, Family, Finding, Problem, Spelling, Tie, Verdict
from firstsaid.text import shortened
from firstsaid.wording import Difference

Row = Mapping[str, Any]

_DOCUMENT_ID = re.compile(r"\b[0-9a-f]{32}\b")


def share(score: int) -> float:
    """A score as a number from 0 to 1."""
    return round(score / FULL, 4)


class Documents:
    """Documents of one listing by id, each fetched once; only the last few texts stay in memory."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.held: dict[str, Document] = {}

    def __getitem__(self, document_id: str) -> Document:
        if document_id not in self.held:
            if len(self.held) > 256:
                self.held.clear()
            self.held[document_id] = self.corpus.document(document_id)
        return self.held[document_id]

    def named(self, sentence: str) -> str:
        """A reason with its document ids as a reader knows the documents: by outlet, else by title."""

        def name(found: re.Match[str]) -> str:
            document = self[found.group()]
            return document.outlet or shortened(document.title or document.location, 50)

        return _DOCUMENT_ID.sub(name, sentence)

    def span(self, document_id: str, start: int, end: int) -> dict[str, Any]:
        """A place with its words."""
        document = self[document_id]
        return {"document": document_id, "file": document.location, "start": start, "end": end, "text": document.text[start:end]}


def rows_of(corpus: Corpus, what: str, speaker: str | None = None, kind: str | None = None) -> Iterator[Row]:
    """The rows of one listing."""
    if what == "documents":
        yield from map(document_row, corpus.documents())
    elif what == "findings":
        documents, decisions = Documents(corpus), corpus.decisions()
        for finding in corpus.findings(kind):
            decision = decisions.get(finding.id)
            yield finding_row(documents, finding, None if decision is None else {"verdict": decision.verdict, "why": decision.why})
    elif what == "problems":
        yield from map(problem_row, corpus.problems())
    elif what == "names":
        for name in corpus.names():
            yield {**as_dict(name), "joined": [_spelling_row(spelling) for spelling in corpus.spellings(name.id)]}
    elif what == "families":
        documents = Documents(corpus)
        for family in corpus.families():
            yield family_row(documents, family)
    elif what == "quotations":
        documents = Documents(corpus)
        for one in corpus.heard(speaker):
            yield quotation_row(documents, one)
    elif what == "claims":
        from firstsaid.corpus.claim_lines import claim_row

        documents = Documents(corpus)
        for told in corpus.claims():
            yield claim_row(documents, told)
    elif what == "ties":
        documents = Documents(corpus)
        for tie in corpus.ties():
            yield tie_row(documents, tie)
    else:
        documents = Documents(corpus)
        for noun in getattr(corpus, what)():
            yield _span_row(documents, noun)


def quotation_row(documents: Documents, one: Heard) -> Row:
    """One quotation with the path by which it came into its document; a copy that names nobody says where its words have a speaker."""
    row = dict(_span_row(documents, one.quotation))
    if one.document.id != one.quotation.document_id:
        row["attributed_in"] = {name: row[name] for name in ("document", "file", "start", "end")}
        row |= documents.span(one.document.id, one.start, one.end)
        row |= {"pieces": [[one.start, one.end]], "parent_id": None}
        row |= {f"{name}_{side}": None for name in ("speaker", "cue", "work") for side in ("start", "end")}
    row["hand"] = one.hand
    row["chain"] = [
        {"role": step.role, "name": step.name, "start": step.start, "end": step.end, "quotation": step.quotation_id} for step in one.path
    ]
    return row


def tie_row(documents: Documents, tie: Tie) -> Row:
    """One stated tie with its words and who states it: a speaker, else the document's authors or outlet."""
    row = dict(_span_row(documents, tie))
    document = documents[tie.document_id]
    row["by_document"] = ", ".join(document.authors) or document.outlet or document.location
    return row


def _spelling_row(spelling: Spelling) -> Row:
    """One spelling of a name, and why it is one of the name's."""
    return {
        "spelling": spelling.surface, "in_full": spelling.in_full, "because": spelling.reason, "confidence": share(spelling.confidence),
        "is_decided": spelling.is_decided, "n_mentions": spelling.n_mentions, "n_documents": spelling.n_documents,
    }  # fmt: skip


def _span_row(documents: Documents, noun: Any) -> Row:
    row = as_dict(noun)
    if "confidence" in row:
        row["confidence"] = share(row["confidence"])
    for name in ("as_of", "horizon"):
        if f"{name}_earliest" in row:
            ends = row.pop(f"{name}_earliest"), row.pop(f"{name}_latest")
            row[f"{name}_date"] = None if ends[0] is None else {"earliest": day(ends[0]), "latest": day(ends[1])}
    document_id = row.pop("document_id")
    return {**documents.span(document_id, noun.start, noun.end), **row}


def document_row(document: Document) -> Row:
    """One document without its text."""
    return {
        "document": document.id, "file": document.location, "title": document.title, "outlet": document.outlet,
        "authors": list(document.authors), "language": document.language, "url": document.url,
        "published": to_json(document.published) if document.published else None,
        "modified": to_json(document.modified) if document.modified else None,
        "n_characters": len(document.text), "replaces": document.replaces,
    }  # fmt: skip


def problem_row(problem: Problem) -> Row:
    """One problem with what to do."""
    row = as_dict(problem)
    return {
        "kind": row["kind"],
        "file": row["location"],
        "message": row["message"],
        "advice": row["advice"],
        "document": row["document_id"],
    }


def finding_row(documents: Documents, finding: Finding, decision: Row | None) -> Row:
    """One finding with the words of its evidence and the user's decision."""
    evidence = [{**documents.span(one.document_id, one.start, one.end), "role": one.role} for one in finding.evidence]
    return {
        "id": finding.id, "kind": finding.kind, "subject": finding.subject, "why": finding.why, "could_be": list(finding.could_be),
        "strength": share(finding.strength), "n_similar": finding.n_similar, "evidence": evidence, "decision": decision,
    }  # fmt: skip


def family_row(documents: Documents, family: Family) -> Row:
    """One family with its stemma, without the readings' texts."""
    row = as_dict(family)
    row.pop("readings")
    row["earliest"] = [{"document": one, "file": documents[one].location} for one in row.pop("earliest_document_ids")]
    reasons = [documents.named(reason) for reason in row.pop("origin_reasons")]
    row["origins"] = {
        "certain": row.pop("n_origins_certain"),
        "possible": row.pop("n_origins_possible"),
        "reasons": reasons,
    }
    for edge in row["edges"]:
        edge["confidence"] = share(edge["confidence"])
        edge["reasons"] = [documents.named(reason) for reason in edge["reasons"]]
    row["n_readings"] = len(family.readings)
    return row


def status_row(state: Status, problems: list[Problem]) -> Row:
    """The whole status as one object."""
    return {
        **asdict(state),
        "unanchored": [as_dict(one) for one in state.unanchored],
        "problem_list": [problem_row(one) for one in problems],
    }


def search_row(document: Document, snippet: str) -> Row:
    """One hit."""
    return {**document_row(document), "snippet": snippet}


def verdict_row(corpus: Corpus, draft: Path, text: str, verdict: Verdict) -> Row:
    """One line of the check contract, with the draft's own words (`text`: the whole draft)."""
    documents = Documents(corpus)
    evidence = [documents.span(span.document_id, span.start, span.end) for span in verdict.evidence]
    return {
        "file": str(draft), "type": verdict.type, "start": verdict.start, "end": verdict.end, "verdict": verdict.verdict,
        "flag": verdict.flag, "why": verdict.why, "evidence": evidence, "text": text[verdict.start : verdict.end],
    }  # fmt: skip


def difference_row(left: Document, right: Document, difference: Difference) -> Row:
    """One difference between two documents."""
    return {
        "kind": difference.kind,
        "left": {"document": left.id, "start": difference.left_start, "end": difference.left_end, "text": difference.left_text},
        "right": {"document": right.id, "start": difference.right_start, "end": difference.right_end, "text": difference.right_text},
    }


def whence_row(corpus: Corpus, answer: Whence) -> Row:
    """The whole answer as one object."""
    documents = Documents(corpus)
    reasons = [documents.named(reason) for reason in answer.origin_reasons]
    return {
        "words": answer.words, "how": answer.how,
        "earliest": [documents.span(one.document_id, one.start, one.end) for one in answer.earliest],
        "witnesses": [
            {
                **documents.span(one.document_id, one.start, one.end), "outlet": documents[one.document_id].outlet,
                "published": published(documents[one.document_id]), "similarity": share(one.similarity), "band": one.band,
                "differences": [{"kind": d.kind, "asked": d.left_text, "here": d.right_text} for d in one.differences],
            }
            for one in answer.witnesses
        ],
        "families": [family_row(documents, family) for family in answer.families],
        "origins": {"certain": answer.n_origins_certain, "possible": answer.n_origins_possible, "reasons": reasons},
        "through_time": time_row(answer.through_time),
    }  # fmt: skip


def whence_lines(corpus: Corpus, answer: Whence) -> Iterator[str]:
    """The answer for people."""
    if not answer.witnesses:
        yield "These words stand in no document of this corpus, nor anything close to them. That says nothing about other places."
        return
    documents = Documents(corpus)
    n_documents = len({one.document_id for one in answer.witnesses})
    how = "in these words or nearly these" if answer.how == "words" else "in other words"
    yield f"{n_documents} {'document says' if n_documents == 1 else 'documents say'} this, {how}"
    for one in answer.earliest:
        yield f"earliest witness in this corpus: {_heading(documents[one.document_id])}"
    if not answer.earliest:
        yield "earliest witness: unknown, because none of them is dated"
    yield f"independent origins (hypothesis): {_interval(answer.n_origins_certain, answer.n_origins_possible)}"
    yield from (f"  because {documents.named(reason)}" for reason in answer.origin_reasons[:5])
    yield from time_lines(answer.through_time)
    for one in answer.witnesses:
        document = documents[one.document_id]
        yield ""
        yield _heading(document)
        yield f"  “{shortened(document.text[one.start : one.end], 200)}”"
        for difference in one.differences[:6]:
            yield f"  {difference.kind}: “{shortened(difference.left_text, 60)}” here reads “{shortened(difference.right_text, 60)}”"


def _interval(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def published(document: Document) -> str | None:
    """The day of a document, or its range of days."""
    if document.published is None:
        return None
    dates = to_json(document.published)
    return dates["earliest"] if dates["earliest"] == dates["latest"] else f"{dates['earliest']}/{dates['latest']}"


def _heading(document: Document) -> str:
    parts = (published(document) or "undated", document.outlet, document.title and shortened(document.title, 70), document.location)
    return "  ".join(part for part in parts if part)


# ---------------------------------------------------------------------------------------------- lines for people


def line_of(what: str) -> Callable[[Row], str]:
    """How one row of a listing reads on a terminal."""
    from firstsaid.corpus.claim_lines import claim_line

    return {
        "documents": _document_line, "search": lambda row: f"{_document_line(row)}\n    {shortened(row['snippet'], 240)}",
        "findings": _finding_line, "problems": lambda row: f"{row['kind']}  {row['file']}: {row['message']}. {row['advice']}",
        "names": _name_line,
        "ties": _tie_line,
        "claims": claim_line,
        "families": _family_line, "quotations": _quotation_line, "figures": _figure_line,
        "citations": lambda row: f"{place(row)}  {row['form']}: “{shortened(row['text'], 60)}” -> {row['target'] or '?'}"
        + ("" if row["resolves"] else f" (dangling: {row['reason']})"),
        "predictions": lambda row: f"{place(row)}  “{shortened(row['text'], 160)}”"
        + (f" (until {row['horizon_date']['latest']})" if row["horizon_date"] else ""),
    }[what]  # fmt: skip


def place(row: Row) -> str:
    """Where a row's words stand."""
    return f"{row['file']}:{row['start']}-{row['end']}"


def _document_line(row: Row) -> str:
    published = row["published"]
    when = "undated   " if published is None else published["earliest"]
    return f"{row['document'][:8]}  {when}  {row['outlet'] or '-'}  {shortened(row['title'] or '', 70)}  {row['file']}"


def _finding_line(row: Row) -> str:
    decision = f"  [{row['decision']['verdict']}]" if row["decision"] else ""
    lines = [f"{row['id'][:8]}  {row['kind']}  {row['strength']:.2f}{decision}", f"    {row['why']}"]
    lines += [f"    {one['file']}: “{shortened(one['text'], 140)}”" for one in row["evidence"][:4]]
    lines += [f"    and {len(row['evidence']) - 4} more places"] if len(row["evidence"]) > 4 else []
    lines += [f"    could be: {'; '.join(row['could_be'])}"] if row["could_be"] else []
    return "\n".join(lines)


def _family_line(row: Row) -> str:
    first = row["earliest"][0]["file"] if row["earliest"] else "unknown (no dates)"
    head = f"{row['id'][:8]}  {row['n_documents']} documents, {row['n_words']} words, earliest witness {first}"
    return f"{head}\n    “{shortened(row['snippet'], 160)}”"


def _name_line(row: Row) -> str:
    head = f"{row['n_mentions']:>6}  {shortened(row['canonical'], 80)} ({row['kind']}; {shortened(', '.join(row['spellings'][:6]), 120)})"
    across = [one for one in row["joined"] if one["in_full"] != row["canonical"] or one["is_decided"]]
    return "\n".join([head, *(f"        {one['because']}" for one in across[:4] if one["because"] != "as it stands")])


def tie_words(kind: str) -> str:
    """A kind of tie in words between its two names; "works_for" is an office at a body or a state, as the text states it."""
    return "in office at" if kind == "works_for" else kind.replace("_", " ")


def _tie_line(row: Row) -> str:
    says = f"{row['stated_by']}, in {row['by_document']}" if row["stated_by"] else row["by_document"]
    kind = ("not " if row["is_denied"] else "") + tie_words(row["kind"])
    return f"{place(row)}  {row['left_name']}: {kind} {row['right_name']}, according to {says}: “{shortened(row['text'], 140)}”"


def _quotation_line(row: Row) -> str:
    speaker = row["speaker_name"] or "nobody named"
    if row["hand"] == "unattributed":
        head = f"unattributed, the words of {speaker} in {row['attributed_in']['file']}"
    else:
        between = [step["name"] for step in row["chain"][1:] if step["name"] and step["name"] != row["speaker_name"]]
        head = f"{row['hand'] or 'nobody named'}, {row['form']}, {speaker}" + (f" (through {', '.join(between)})" if between else "")
    return f"{place(row)}  {head}: “{shortened(row['text'], 160)}”"


def _figure_line(row: Row) -> str:
    ends = row["low"] if row["low"] == row["high"] else f"{row['low'] or '…'} to {row['high'] or '…'}"
    counted = "" if row["unit"] == row["of_lemma"] else row["unit"]
    parts = ("" if row["modifier"] == "exact" else row["modifier"].replace("_", " "), ends, counted, row["of_lemma"], f"({row['kind']})")
    return f"{place(row)}  “{row['text']}”: {' '.join(part for part in parts if part)}"


def change_row(change: Change) -> Row:
    """One text in two states, with its differences where it changed."""
    left, right = change.left, change.right
    sides = [None if one is None else {"document": one.id, "file": one.location} for one in (left, right)]
    told = [difference_row(left, right, one) for one in change.differences] if left is not None and right is not None else []
    return {"change": change.what, "left": sides[0], "right": sides[1], "kinds": change.kinds, "differences": told}


def change_line(row: Row) -> str:
    """The location and what happened; where words changed, how often by kind, and each place."""
    left, right = row["left"], row["right"]
    place = (left or right)["file"]
    if row["change"] == "moved":
        place += f" -> {right['file']}"
    kinds = ", ".join(f"{count} {kind}" for kind, count in row["kinds"].items())
    lines = [f"{row['change']}: {place}" + (f" ({kinds})" if kinds else "")]
    return "\n".join((*lines, *(f"    {difference_line(one)}" for one in row["differences"])))


def difference_line(row: Row) -> str:
    """One difference on one line."""
    return f"{row['kind']:<12} “{shortened(row['left']['text'], 80)}” -> “{shortened(row['right']['text'], 80)}”"


def verdict_line(row: Row) -> str:
    """One verdict in two lines: the draft's words, then what the corpus holds and where."""
    where = f" [{row['evidence'][0]['file']}]" if row["evidence"] else ""
    head = f"{'!' if row['flag'] else ' '} {row['verdict']}, {row['type']} “{shortened(row['text'], 90)}”"
    return f"{head}\n      {row['why']}{where}"
