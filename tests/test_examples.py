"""The example corpus against the answers its author wrote down: found, missed, false alarms, and how it was read."""

from __future__ import annotations

import pytest
from benchmarks.quality import example_truth

from firstsaid.corpus import Corpus
from firstsaid.dates import to_json


@pytest.fixture(scope="module")
def truth() -> dict:
    return example_truth.load_truth()


def test_what_is_planted_is_found_and_look_alikes_stay_quiet(example: Corpus, truth: dict, capsys: pytest.CaptureFixture[str]) -> None:
    score = example_truth.score(example, truth, sealed=False)
    with capsys.disabled():
        print(
            f"\nexample corpus, open half: found {len(score.found)}, missed {len(score.missed)} ({', '.join(score.missed) or 'none'}), "
            f"false alarms {len(score.alarmed)} of {len(score.quiet) + len(score.alarmed)} look-alikes, {len(score.other)} other findings"
        )
    assert len(score.found) >= 12
    assert not score.alarmed
    assert len(score.other) <= 8


def test_documents_have_their_date_outlet_and_language(example: Corpus, truth: dict) -> None:
    ids = example_truth.document_ids(example)
    wrong = []
    for item in truth["documents"]:
        document = example.document(ids[item["file"], item["part"]])
        found = to_json(document.published)["earliest"] if document.published else None
        if found != item["date"]:
            wrong.append((item["file"], "date", item["date"], found))
        if item["language"] != document.language:
            wrong.append((item["file"], "language", item["language"], document.language))
        # Plain text says nowhere who prints it; everything else does.
        if document.outlet is not None and item["outlet"] != document.outlet:
            wrong.append((item["file"], "outlet", item["outlet"], document.outlet))
    assert not wrong


def test_every_planted_problem_of_reading_is_listed(example: Corpus, truth: dict) -> None:
    names = {"encoding": "encoding-guessed"}
    listed = {(problem.location.partition("#")[0], problem.kind) for problem in example.problems()}
    wanted = {(item["file"].removeprefix("corpus/"), names.get(item["kind"], item["kind"])) for item in truth["problems"]}
    assert wanted <= listed


def test_a_family_begins_with_its_earliest_witness(example: Corpus, truth: dict) -> None:
    ids = example_truth.document_ids(example)
    for item in truth["families"]:
        members = {ids[one["file"], one["part"]] for one in item["members"]}
        earliest = ids[item["earliest"]["file"], item["earliest"].get("part")]
        holding = [family for family in example.families() if earliest in family.earliest_document_ids]
        assert holding, item["what"]
        best = max(holding, key=lambda family: len(members & {node.id for node in family.nodes}))
        assert len(members & {node.id for node in best.nodes}) >= min(2, len(members)), item["what"]


def test_most_quotations_are_found_and_given_to_their_speaker(example: Corpus, truth: dict) -> None:
    ids = example_truth.document_ids(example)
    spoken = list(example.quotations())
    n_found = n_right = 0
    for item in truth["quotations"]:
        document_id = ids[item["file"], item["part"]]
        place = example_truth.locate(example.document(document_id).text, item["text"])
        assert place is not None
        near = [one for one in spoken if one.document_id == document_id and one.start < place[1] and place[0] < one.end]
        n_found += bool(near)
        wanted = (item["speaker"] or "").split()
        n_right += any((one.speaker_name or "").split()[-1:] == wanted[-1:] for one in near)
    print(f"quotations: {n_found} of {len(truth['quotations'])} touched, {n_right} with the speaker's last name")
    assert n_found >= 0.85 * len(truth["quotations"])
    assert n_right >= 0.55 * len(truth["quotations"])


def test_the_last_day_is_that_of_the_answers(example: Corpus, truth: dict) -> None:
    assert example.status().last_day == max(item["date"] for item in truth["documents"] if item["date"])
