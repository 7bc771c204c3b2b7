"""Who speaks a block: small essays with the block and every answer that is right; written for the project (CC0)."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.model import Layout
from firstsaid.parsing import annotate

CASES = [
    json.loads(line) for line in (Path(__file__).parents[2] / "cases" / "block_speakers.jsonl").read_text(encoding="utf-8").splitlines()
]
OTHER_NAMES = {"Clara": "Oumar", "Moss": "Diallo", "Peter": "Ayşe", "Quill": "Demir", "Tovey": "Nakano", "Iredale": "Okafor"}


def block_of(case, is_bare=False):
    text = f"{case['before']}\n\n{case['block']}" + (f"\n\n{case['after']}" if case["after"] else "")
    start = len(case["before"]) + 2
    end = start + len(case["block"])
    layout = [] if is_bare else [Layout("", start, end, "block_quote")]
    found = [one for one in annotate(text, layout=layout, language="en", parser=False).quotations if one.form == "block"]
    return text, next((one for one in found if one.start == start), None)


def speaker_of(case):
    text, block = block_of(case)
    span = text[block.speaker_start : block.speaker_end] if block and block.speaker_start is not None else ""
    return span, (block.speaker_name if block else None) or ""


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['kind']}: {case['before'][-50:]}") for case in CASES])
def test_a_block_has_its_speaker(case):
    span, name = speaker_of(case)
    if not span and not name:
        assert case["or_nobody"]
    else:
        assert any(wanted.lower() in said.lower() for wanted in case["speakers"] for said in (span, name))


def renamed(text):
    for old, new in OTHER_NAMES.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("case", [case for case in CASES if any(name in case["before"] for name in OTHER_NAMES)])
def test_other_names_have_the_same_part(case):
    other = {**case, "before": renamed(case["before"])}
    assert [renamed(said) for said in speaker_of(case)] == list(speaker_of(other))


def test_there_are_enough_cases_of_every_kind():
    kinds = [case["kind"] for case in CASES]
    assert len(CASES) >= 70
    assert min(kinds.count(kind) for kind in set(kinds)) >= 4


def test_a_signature_is_no_part_of_the_block():
    case = {"before": "I found this in a drawer:", "block": "The mill is shut and will stay so. — Agnes Holt, 1922", "after": ""}
    text, block = block_of(case)
    assert (block.speaker_name, text[block.start : block.end]) == ("Agnes Holt", "The mill is shut and will stay so.")


def test_the_text_shows_whom_she_may_mean():
    before = (
        "Robin Ash met Sam Dell at the weir. Ash was proud of her boat. Dell said that he would sink. Dell was tired of his horse.\n\n"
        "A year later she writes:"
    )
    case = {"before": before, "block": "The mill stood idle for two winters and nobody in the valley asked why.", "after": ""}
    assert block_of(case)[1].speaker_name == "Robin Ash"


PARTS = st.sampled_from(
    "In_|Poe's_|words|: |As_|when_|the letter_|\n\n|— Ann Poe|He says|Here_|of_|by_|, |.|quotes_|“|”|It's from_|So wrote_|her_|reply|’s|("
    .replace("_", " ").split("|")
)  # fmt: skip


@given(st.lists(PARTS, max_size=25), st.booleans())
def test_any_introduction_gives_spans_within_the_text(parts, is_bare):
    case = {
        "before": "".join(parts).strip() or "x",
        "block": "".join(reversed(parts)) + " nobody asked why the mill was shut.",
        "after": "",
    }
    text, _ = block_of(case, is_bare)
    for one in annotate(text, language="en", parser=False).quotations:
        assert 0 <= one.start < one.end <= len(text)
