"""A draft against small corpora: one draft sentence, the texts behind it, and what the checker must say."""

import pytest

ROOF = "We will repair the roof before winter, but only if the county pays its share"
SPILL = "The spillway is safe and nobody below the dam has to move"
SPEECH = (
    "The tower is a handsome piece of work and its masons should be proud. I climbed it twice and I counted every step of it. "
    "The clock is another matter, it costs more than the school, and I cannot vote for it tonight"
)


@pytest.fixture
def town(corpus):
    first = corpus.add(f"Mayor Anna Lind spoke at noon. “{ROOF},” Lind said. “{SPILL},” she added.", "Courier", "2024-05-01")
    corpus.quote(first, ROOF, "Anna Lind")
    corpus.quote(first, SPILL, "Anna Lind")
    second = corpus.add(f"Councillor Omar Reyes said: “{SPEECH}.”", "Council", "2024-05-02")
    corpus.quote(second, SPEECH, "Omar Reyes")
    third = corpus.add("“I never said that the pool would close in May,” Lind told reporters on Friday.", "Post", "2024-05-03")
    corpus.quote(third, "I never said that the pool would close in May", "Lind")
    report = corpus.add("“Karin Moll told me that the pumps had run dry twice this week,” said Omar Reyes.", "Lantern", "2024-05-04")
    outer = corpus.quote(report, "Karin Moll told me that the pumps had run dry twice this week", "Omar Reyes")
    corpus.quote(report, "the pumps had run dry twice this week", "Karin Moll", "indirect", parent_id=outer.id)
    return corpus


def verdict(result, type_="quotation"):
    found = [one for one in result.verdicts if one.type == type_]
    assert len(found) == 1, found
    return found[0]


QUOTATIONS = [
    (SPILL, "Lind", "exact"),
    (f"{SPILL},", "Lind", "exact"),
    ("The spillway is safe and nobody below the dam has to move", "the mayor", "exact"),
    ("the spillway is safe and nobody below the dam has to move", "Lind", "fair-edit"),
    ("The spillway is safe … nobody below the dam has to move", "Lind", "fair-edit"),
    ("[It] is safe and nobody below the dam has to move", "Lind", "fair-edit"),
    ("The spillway is not safe and nobody below the dam has to move", "Lind", "altered"),
    ("The spillway is safe and nobody below the town has to move", "Lind", "altered"),
    ("The spillway is safe and everybody below the dam has to move", "Lind", "altered"),
    ("We will repair the roof before winter", "Lind", "cut-before-qualifier"),
    ("We will repair the roof before winter, but only if the county pays its share", "Lind", "exact"),
    ("We will … if the county pays its share", "Lind", "altered"),
    (
        "The tower is a handsome piece of work and its masons should be proud. I cannot vote for it tonight",
        "Reyes",
        "stitched",
    ),
    (
        "The tower is a handsome piece of work and its masons should be proud … I cannot vote for it tonight",
        "Reyes",
        "fair-edit",
    ),
    (SPILL, "Omar Reyes", "wrong-speaker"),
    (SPILL, "Karl Berg", "wrong-speaker"),
    (SPILL, "Mayor Lind", "exact"),
    (SPILL, "she", "exact"),
    (SPILL, None, "exact"),
    ("the pool would close in May", "Lind", "denied-by-speaker"),
    ("the pumps had run dry twice this week", "Karin Moll", "relayed"),
    ("the pumps had run dry twice this week", "Omar Reyes", "relayed"),
    ("Trams are quieter than horses and cheaper to feed", "Lind", "not-in-corpus"),
    ("The spillway is safe and the people near the dam need not move", "Lind", "close-but-unsure"),
]


@pytest.mark.parametrize(("words", "speaker", "expected"), QUOTATIONS)
def test_a_drafts_quotation(town, draft, held, words, speaker, expected):
    made = draft(f"It was a long week in Fell. “{words}” – so said {speaker or 'one of them'}.").quote(words, speaker)
    found = verdict(held(town, made))
    assert (found.verdict, found.flag) == (expected, expected not in ("exact", "typography", "fair-edit")), found.why
    if expected != "not-in-corpus":
        assert found.evidence


def test_typography_alone(town, draft, held):
    corpus = town
    document = corpus.add("“It’s the council’s well — and the council’s water,” said Karin Moll.", "Courier", "2024-05-05")
    corpus.quote(document, "It’s the council’s well — and the council’s water", "Karin Moll")
    words = "It's the council's well - and the council's water"
    assert verdict(held(corpus, draft(f'"{words}," said Moll.').quote(words, "Moll"))).verdict == "typography"


def test_a_condition_that_the_draft_gives_in_its_own_words(town, draft, held):
    words = "We will repair the roof before winter"
    made = draft(f"“{words},” Lind said, but only if the county pays.").quote(words, "Lind")
    assert verdict(held(town, made)).verdict == "fair-edit"


def test_a_draft_that_reports_the_denial(town, draft, held):
    words = "the pool would close in May"
    made = draft(f"Lind denied having said that “{words}”.").quote(words, "Lind")
    assert verdict(held(town, made)).verdict == "exact"


def test_a_draft_that_names_who_relays(town, draft, held):
    words = "the pumps had run dry twice this week"
    made = draft(f"Omar Reyes says he heard from Karin Moll that “{words}”.").quote(words, "Karin Moll")
    assert verdict(held(town, made)).flag is False


def test_an_interrupted_quotation(town, draft, held):
    pieces = ("The spillway is safe", "and nobody below the dam has to move")
    made = draft(f"“{pieces[0]},” Lind said, “{pieces[1]}.”").quote(pieces, "Lind")
    assert verdict(held(town, made)).flag is False


def test_words_altered_before_they_reached_the_draft(town, draft, held):
    changed = SPILL.replace("nobody", "hardly anybody")
    later = town.add(f"“{changed},” Anna Lind said last week.", "Mail", "2024-05-09")
    town.quote(later, changed, "Anna Lind")
    found = verdict(held(town, draft(f"“{changed},” said Lind.").quote(changed, "Lind")))
    assert found.verdict == "altered-upstream"
    assert "Courier (2024-05-01)" in found.why
    assert len(found.evidence) == 2


def test_words_that_their_outlet_corrected(town, draft, held):
    later = town.add(
        "Correction: we quoted Anna Lind as saying that the spillway is safe and nobody below the dam has to move. She spoke of the weir.",
        "Courier",
        "2024-05-08",
    )
    assert later
    assert verdict(held(town, draft(f"“{SPILL},” said Lind.").quote(SPILL, "Lind"))).verdict == "superseded"


def test_words_that_stand_elsewhere_than_the_draft_says(town, draft, held):
    made = draft(f"“{SPILL},” Lind told the Post.").quote(SPILL, "Lind").cite("Post")
    assert verdict(held(town, made)).verdict == "other-document"


def test_the_same_words_in_the_document_that_the_draft_names(town, draft, held):
    made = draft(f"“{SPILL},” Lind told the Courier.").quote(SPILL, "Lind").cite("Courier")
    result = held(town, made)
    assert verdict(result).verdict == "exact"
    assert verdict(result, "citation").verdict == "exact"


STATEMENTS = [
    ("the spillway was safe and nobody below the dam had to move", "Lind", "fair-edit"),
    ("nobody who lives below the dam has to move, as the spillway is safe", "Lind", "fair-edit"),
    ("the spillway was not safe and nobody below the dam had to move", "Lind", "altered"),
    ("a tram to the coast would open within five years", "Lind", "not-in-corpus"),
]


@pytest.mark.parametrize(("words", "speaker", "expected"), STATEMENTS)
def test_a_reported_statement(town, draft, held, words, speaker, expected):
    found = verdict(held(town, draft(f"{speaker} said that {words}.").quote(words, speaker, "indirect")), "statement")
    assert (found.verdict, found.flag) == (expected, expected not in ("exact", "typography", "fair-edit")), found.why


@pytest.fixture
def ferry(corpus):
    text = "The ferry Ondine struck the pier at Dunmere on Monday. It left 41 people wounded and 12 dead. The mast was 90 metres long."
    document = corpus.add(text, "Courier", "2024-05-01")
    corpus.figure(document, "41", 41, "wounded")
    corpus.figure(document, "12", 12, "dead")
    corpus.figure(document, "90 metres", 90, "mast", unit="m", kind="measure")
    old = corpus.add(
        "In 2019 the Dunmere ferries carried 3,214,000 passengers. In 2021 they carried 2,400,000 passengers.", "Board", "2024-01-05"
    )
    corpus.figure(old, "3,214,000", 3_214_000, "passenger")
    corpus.figure(old, "2,400,000", 2_400_000, "passenger")
    home = corpus.add("The rebuilt Fell works will supply at least 30,000 homes in the valley.", "Board", "2024-02-01")
    corpus.figure(home, "at least 30,000", 30_000, "home", high=None, modifier="at_least")
    return corpus


FIGURES = [
    ("The ferry Ondine left {} people wounded at Dunmere.", "41", 41, "wounded", {}, "same"),
    ("The ferry Ondine left {} people wounded at Dunmere.", "about 40", 40, "wounded", {"modifier": "about"}, "rounded"),
    (
        "The ferry Ondine left {} people wounded at Dunmere.",
        "more than 40",
        40,
        "wounded",
        {"modifier": "more_than", "high": None},
        "rounded",
    ),
    ("The ferry Ondine left {} people wounded or dead at Dunmere.", "53", 53, "casualty", {}, "derived"),
    ("It left {} people wounded at Dunmere.", "47", 47, "wounded", {}, "altered"),
    ("It left {} people dead and wounded many at Dunmere.", "41", 41, "dead", {}, "other-subject"),
    ("The mast of the ferry was {} long.", "295 feet", 295, "mast", {"unit": "foot", "kind": "measure"}, "converted"),
    ("In 2019 the Dunmere ferries carried {} passengers.", "3.2 million", 3_200_000, "passenger", {}, "rounded"),
    ("In 2021 the Dunmere ferries carried {} passengers.", "3,214,000", 3_214_000, "passenger", {}, "other-period"),
    ("The Dunmere ferries carried {} fewer passengers.", "814,000", 814_000, "passenger", {}, "derived"),
    ("The rebuilt Fell works will supply {} homes in the valley.", "30,000", 30_000, "home", {}, "altered"),
    (
        "The rebuilt Fell works will supply {} homes in the valley.",
        "at least 30,000",
        30_000,
        "home",
        {"modifier": "at_least", "high": None},
        "same",
    ),
    ("The circus brought {} camels to Carrick.", "7", 7, "camel", {}, "not-in-corpus"),
]


@pytest.mark.parametrize(("sentence", "words", "low", "of", "more", "expected"), FIGURES)
def test_a_drafts_figure(ferry, draft, held, sentence, words, low, of, more, expected):
    found = verdict(held(ferry, draft(sentence.format(words)).figure(words, low, of, **more)), "figure")
    assert (found.verdict, found.flag) == (expected, expected not in ("same", "derived", "rounded", "converted")), found.why


def test_a_derived_figure_shows_its_sum(ferry, draft, held):
    made = draft("The ferry Ondine left 53 people wounded or dead at Dunmere.").figure("53", 53, "casualty")
    assert "41 + 12 = 53" in verdict(held(ferry, made), "figure").why


def test_a_figure_that_was_revised_since(ferry, draft, held):
    later = ferry.add("The number of people wounded by the ferry Ondine at Dunmere rose to 52.", "Courier", "2024-05-04")
    ferry.figure(later, "52", 52, "wounded")
    made = draft("The ferry Ondine left 41 people wounded at Dunmere.").figure("41", 41, "wounded")
    assert verdict(held(ferry, made), "figure").verdict == "superseded"


def test_figures_inside_quotations_are_left_to_the_quotation(ferry, draft, held):
    made = draft("“It left 47 people wounded,” he said.").quote("It left 47 people wounded", None).figure("47", 47, "wounded")
    assert [one.type for one in held(ferry, made).verdicts] == ["quotation"]


@pytest.mark.parametrize(("day", "low", "expected"), [("3 May 2023", "2023-05-03", "same"), ("9 June 2023", "2023-06-09", "altered")])
def test_a_drafts_date(corpus, draft, held, day, low, expected):
    document = corpus.add("The lighthouse at Carrick was lit for the last time on 3 May 2023 by its keeper.", "Courier", "2023-05-04")
    corpus.figure(document, "3 May 2023", "2023-05-03", kind="date")
    made = draft(f"The keeper of Carrick lit the lighthouse for the last time on {day}.").figure(day, low, kind="date")
    assert verdict(held(corpus, made), "date").verdict == expected


def test_a_citation_of_nothing(town, draft, held):
    made = draft("More in the list below.").cite("the list below", resolves=False, reason="no list follows")
    found = verdict(held(town, made), "citation")
    assert (found.verdict, found.flag) == ("not-in-corpus", True)
    assert "no list follows" in found.why


def test_a_citation_of_what_the_corpus_lacks(town, draft, held):
    found = verdict(held(town, draft("The Evening Star reported a fire.").cite("Evening Star")), "citation")
    assert found.verdict == "not-in-corpus"


def test_words_without_marks_or_credit(corpus, draft, held):
    words = "the lamplighters knew who was ill by the windows and who was in love by the doorways of the town"
    corpus.add(f"In those days {words}. Nobody asked them.", "Lantern", "2024-05-01")
    found = verdict(held(corpus, draft(f"It is said that {words}, and more.")), "uncredited")
    assert found.flag
    assert "19 words" in found.why or "20 words" in found.why
    assert [one.type for one in held(corpus, draft(f"As the Lantern has it, {words}.")).verdicts] == []
    quoted = draft(f"“{words}”, we read.").quote(words)
    assert [one.type for one in held(corpus, quoted).verdicts] == ["quotation"]


def test_the_draft_itself_is_no_evidence(corpus, draft, held):
    text = f"Mayor Anna Lind spoke at noon in Fell. “{SPILL},” Lind said. " + " ".join(
        f"Sentence {n} of the report says little." for n in range(12)
    )
    copy = corpus.add(text, "Courier", "2024-05-01")
    corpus.quote(copy, SPILL, "Anna Lind")
    result = held(corpus, draft(text).quote(SPILL, "Anna Lind"))
    assert result.left_out == (copy.id,)
    assert verdict(result).verdict == "not-in-corpus"


def test_a_draft_without_anything_to_check(town, draft, held):
    assert held(town, draft("")).verdicts == ()
    assert held(town, draft("It rained.")).verdicts == ()


def test_a_named_other_speaker_counts_for_more_than_an_unread_one(town, draft, held):
    town.add(f"Somebody wrote on the wall: {SPILL}. Karl Berg was seen near by.", "Blog", "2024-06-01")
    assert verdict(held(town, draft(f"“{SPILL},” said Karl Berg.").quote(SPILL, "Karl Berg"))).verdict == "wrong-speaker"


def test_reported_questions_and_nobodys_statements_get_no_line(town, draft, held):
    asked = draft("Lind was asked why the trams had left the town so early.").quote(
        "why the trams had left the town so early", "Lind", "indirect"
    )
    assert held(town, asked).verdicts == ()
    vague = draft("They said the trams had left the town too early.").quote("the trams had left the town too early", "They", "indirect")
    assert held(town, vague).verdicts == ()


def test_a_short_draft_that_stands_in_the_corpus_is_no_evidence_for_itself(corpus, draft, held):
    words = "The pool by the mill will close in May, said Ann Poe. She would not say who had asked for that."
    twin = corpus.add(words)
    assert held(corpus, draft(words)).left_out == (twin.id,)
