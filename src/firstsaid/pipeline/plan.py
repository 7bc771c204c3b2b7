"""The ordered tuple of steps: the only place that knows the order of the rooms."""

from __future__ import annotations

from firstsaid import checking, parsing, reading, tracing
from firstsaid.columns import schema
from firstsaid.engines import Beside, Each, Group, Step
from firstsaid.matching import claims, steps
from firstsaid.model import (
    Alignment,
    Citation,
    Claim,
    Family,
    Figure,
    Finding,
    Layout,
    Name,
    Passage,
    Spelling,
)

PAIR = ("left_key", "right_key")
TOKENS = Beside("token", "document_key", PAIR)
HEADING = Beside("heading")
"""Documents without their text: small, and whole beside every block that needs corpus-wide knowledge."""
SCALE = Beside("scale")
"""The rounded number of documents: what a step that is remembered may know of the whole corpus, since it seldom changes."""

PLAN: tuple[Step, ...] = (
    # What is said in each document.
    Each("said", "document", parsing.said_rows, parsing.SAID_SCHEMA, version=10, makes=tuple(parsing.SAID)),
    Each("figure", "document", parsing.figure_rows, schema(Figure), version=2),
    Each("found_citation", "document", parsing.citation_rows, schema(Citation), version=2),
    # Who is who, and what the pointers point to.
    Group("spelling", "mention", (), parsing.spelling_rows, schema(Spelling), (Beside("ruling"),)),
    Group("name", "mention", (), parsing.name_rows, schema(Name), (Beside("spelling"),), version=2),
    Group("citation", "found_citation", (), tracing.resolved_citations, schema(Citation), (HEADING,)),
    # What each outlet repeats, so that it counts as nobody's copying.
    Each("block", "document", reading.boilerplate_blocks, reading.BLOCK_SCHEMA, is_kept=False, is_remembered=True),
    Group("boilerplate", "block", ("outlet",), reading.repeated_blocks, schema(Layout)),
    # Where else it is said.
    Each("token", "marked_document", steps.token_rows, steps.TOKEN_SCHEMA, rows_per_batch=4_096, version=2, is_kept=False),
    Each("shingle", "token", steps.shingle_rows, steps.SHINGLE_SCHEMA, rows_per_batch=4_096, version=2, is_kept=False),
    Group("seed", "shingle", ("bucket",), steps.seed_rows, steps.SEED_SCHEMA, (HEADING,), version=2, is_kept=False),
    Group("found", "seed", PAIR, steps.found_rows, steps.FOUND_SCHEMA, (TOKENS, SCALE), version=2, is_kept=False, is_remembered=True),
    Group("kin", "found", (), steps.kin_rows, steps.KIN_SCHEMA, (HEADING,), version=3, is_kept=False),
    Group("alignment", "kin", PAIR, steps.alignment_rows, schema(Alignment), (TOKENS,), version=2),
    Group("passage", "alignment", (), steps.passage_rows, schema(Passage), (HEADING,), version=3),
    # What is said in other words, and how many tellings it comes down to.
    Each("found_claim", "marked_document", parsing.claim_rows, parsing.FOUND_CLAIM_SCHEMA, version=3, is_kept=False, is_remembered=True),
    Each(
        "claim_form", "found_claim", claims.form_rows, claims.FORM_SCHEMA, version=3, rows_per_batch=4_096, is_kept=False,
        is_remembered=True,
    ),
    Group("claim", "found_claim", (), parsing.kept_claims, schema(Claim)),
    Group("claim_pair", "claim_form", (), claims.pair_rows, claims.PAIR_SCHEMA, (HEADING, Beside("passage")), version=3),
    Group("claim_telling", "claim_pair", (), claims.telling_rows, claims.TELLING_SCHEMA, (HEADING,), version=2),
    # Where it came from, and what does not hold together.
    Group(
        "family", "passage", ("family_id",), tracing.family_rows, schema(Family),
        (Beside("document", "document_id", ("document_id",)), Beside("citation", "document_id", ("document_id",))),
        rows_per_block=2_000, version=5, is_remembered=True, made_by=("id",),
    ),
    Group(
        "finding", "marked_document", (), checking.finding_rows, schema(Finding),
        tuple(
            map(
                Beside,
                ("quotation", "figure", "citation", "prediction", "mention", "spelling", "name", "alignment", "passage", "family"),
            )
        ),
        version=2,
    ),
)  # fmt: skip


def step_named(name: str) -> Step:
    """The step of the plan that makes the table `name`."""
    return next(step for step in PLAN if name in step.tables)


def inputs_of(step: Step) -> tuple[str, ...]:
    """The tables that a step reads."""
    return (step.of, *(need.table for need in step.beside)) if isinstance(step, Group) else (step.of,)
