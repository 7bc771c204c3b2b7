"""Who says what in ten languages: every case was written for the project (CC0)."""

import json
import re
from pathlib import Path

import pytest

from firstsaid.parsing.inflections import inflected
from firstsaid.parsing.lexicon import LANGUAGES, cues, language_of
from firstsaid.parsing.sayings import sayings
from firstsaid.parsing.structure import take_apart

_FILE = Path(__file__).parents[2] / "cases" / "quotations_languages.jsonl"
CASES = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]


def bare(words):
    return " ".join(words.split()).strip(" .,;:!?…。，،؟！")


def names(text):
    return set(re.findall(r"\w+", (text or "").lower()))


def is_speaker(wanted, found):
    """Whether the name found holds the one wanted and not much more, or neither is there."""
    if wanted is None or found is None:
        return wanted == found
    return wanted in found or (names(wanted) <= names(found) and len(names(found)) <= len(names(wanted)) + 4)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['language']}-{number}" for number, case in enumerate(CASES)])
def test_every_quotation_and_nothing_else_is_found_with_its_speaker(case):
    text = case["text"]
    found = [([bare(text[a:b]) for a, b in q.pieces], q.speaker_name) for q in sayings(text, language=case["language"]).quotations]
    wanted = [([bare(piece) for piece in item["content"]], item["speaker"]) for item in case["quotations"]]
    assert sorted(pieces for pieces, _ in found) == sorted(pieces for pieces, _ in wanted)
    for pieces, speaker in wanted:
        assert any(is_speaker(speaker, name) for other, name in found if other == pieces)


def test_there_are_25_cases_for_each_language_of_the_promise():
    for language in ("de", "fr", "es", "ar", "fa"):
        assert sum(case["language"] == language for case in CASES) >= 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_cues_for_saying_asking_and_thinking(language):
    assert {cue.act for cue in cues(language).values()} >= {"say", "ask", "think", "judge"}


@pytest.mark.parametrize(
    ("language", "lemma", "form"),
    [
        ("de", "an.kündigen", "angekündigt"), ("de", "an.kündigen", "ankündigte"), ("de", "berichten", "berichtete"),
        ("de", "erklären", "erklärt"), ("de", "kommentieren", "kommentiert"), ("de", "ergänzen", "ergänzt"),
        ("fr", "annoncer", "annonça"), ("fr", "répéter", "répète"), ("fr", "avertir", "avertissait"),
        ("es", "indicar", "indicó"), ("es", "añadir", "añadieron"), ("pt", "responder", "respondeu"), ("it", "riferire", "riferisce"),
        ("ru", "сказать", "сказала"), ("ar", "قال", "وقالت"), ("ar", "يقول", "تقول"), ("fa", "گفت", "گفت"),
    ],
)  # fmt: skip
def test_regular_verbs_are_inflected(language, lemma, form):
    assert form in inflected(language, lemma)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Плотина безопасна", "ru"), ("السد آمن", "ar"), ("پل بسته می‌شود", "fa"), ("Der Damm ist sicher und die Stadt auch", "de"),
        ("O prefeito não disse que a ponte é segura", "pt"), ("Il sindaco ha detto che la diga è sicura", "it"), ("Xyzzy", None),
    ],
)  # fmt: skip
def test_the_script_and_the_small_words_tell_the_language(text, language):
    assert language_of(take_apart(text, (), "en").lower) == language


def test_vowel_signs_do_not_part_a_word():
    assert take_apart("وفقًا हिन्दी").words == ["وفقًا", "हिन्दी"]


def test_a_list_with_dashes_is_no_dialogue():
    assert not sayings("Il faut :\n\n— du pain\n\n— du vin rouge de la région", language="fr").quotations
