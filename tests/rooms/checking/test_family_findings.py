import pytest

from firstsaid.model import Reading

RELEASE = (
    "The board will begin on Monday with the rebuilding of the Fell treatment works, the largest since it opened, and it will "
    "replace the sand "
    "filters and the pumping hall so that the three river intakes which drought has closed in each of the past five winters "
    "can be given up for good."
)
OTHER = "Nothing else is known of this, wrote the reporter who stood in the rain."


def copies(corpus, outlets, days=None, texts=None):
    members = []
    for at, outlet in enumerate(outlets):
        text = texts[at] if texts else f"{RELEASE}\n\n{outlet} adds: {OTHER}"
        members.append((corpus.add(text, outlet, days[at] if days else f"2024-05-0{at + 1}"), RELEASE))
    return members


def of(corpus, kind):
    return corpus.findings(kind)


def test_many_reports_on_one_text_are_found_once(corpus):
    members = copies(corpus, ("Board", "Courier", "Post", "Mail"))
    corpus.family(members, [(0, 1), (0, 2), (0, 3)])
    corpus.family([(d, OTHER) for d, _ in members], [])
    found = of(corpus, "single-origin")
    assert len(found) == 1
    assert found[0].n_similar == 2
    assert "4 reports of 4 outlets" in found[0].why
    assert "Board, 2024-05-01" in found[0].why


def test_independent_origins_are_quiet(corpus):
    corpus.family(copies(corpus, ("Board", "Courier", "Post")), [(0, 1)], origins=2)
    assert of(corpus, "single-origin") == []


def test_one_outlet_repeating_itself_is_quiet(corpus):
    corpus.family(copies(corpus, ("Board", "Board", "Board")), [(0, 1), (0, 2)])
    assert corpus.findings() == []


def test_long_reuse_without_credit_is_found(corpus):
    corpus.family(copies(corpus, ("Lantern", "Post")), [(0, 1)])
    found = of(corpus, "uncredited-reuse")
    assert len(found) == 1
    assert "Post, 2024-05-02" in found[0].why
    assert "Lantern, 2024-05-01" in found[0].why


def test_credit_anywhere_is_enough(corpus):
    texts = [RELEASE, f"{RELEASE}\n\nThis first appeared in the Lantern."]
    corpus.family(copies(corpus, ("The Lantern", "Post"), texts=texts), [(0, 1)])
    assert of(corpus, "uncredited-reuse") == []


def test_a_shared_agency_mark_is_credit(corpus):
    corpus.family(
        copies(corpus, ("Lantern", "Post"), texts=[f"DUNMERE (Coastwire) - {RELEASE}", f"FELL (Coastwire) - {RELEASE}"]), [(0, 1)]
    )
    assert of(corpus, "uncredited-reuse") == []


def test_quoted_words_are_no_reuse(corpus):
    members = copies(corpus, ("Lantern", "Post"), texts=[RELEASE, f"The statement reads: “{RELEASE}”"])
    corpus.quote(members[1][0], RELEASE)
    corpus.family(members, [(0, 1)])
    assert of(corpus, "uncredited-reuse") == []


def test_boilerplate_is_no_reuse(corpus):
    members = copies(corpus, ("Lantern", "Post"))
    corpus.lay(members[1][0], RELEASE, "boilerplate")
    corpus.family(members, [(0, 1)])
    assert of(corpus, "uncredited-reuse") == []


def test_law_text_is_no_reuse(corpus):
    law = (
        "No person shall make fast to the inner mole between ten and six, or cause or permit any vessel to lie there, unless that "
        "vessel shall show a "
        "light; and the master may, pursuant to this section, remove any vessel lying in breach thereof, and the owner shall have "
        "no claim under this "
        "article for loss arising herein, save as paragraph four of this section shall provide."
    )
    members = [(corpus.add(law, "Council", "2024-05-01"), law), (corpus.add(law, "Lantern", "2024-05-02"), law)]
    corpus.family(members, [(0, 1)])
    assert of(corpus, "uncredited-reuse") == []


def test_same_day_copies_are_no_reuse(corpus):
    corpus.family(copies(corpus, ("Lantern", "Post"), days=("2024-05-01", "2024-05-01")), [(0, 1)])
    assert of(corpus, "uncredited-reuse") == []


def drift(corpus, base, copied, tail="", outlets=("Board", "Gazette"), **figures):
    left = corpus.add(f"The rebuilt Fell works will supply {base} homes in the valley from next spring on.", outlets[0], "2024-05-01")
    right = corpus.add(
        f"The rebuilt Fell works will supply {copied} homes in the valley from next spring on{tail}.", outlets[1], "2024-05-03"
    )
    corpus.figure(left, base, 30_000, "home", high=None, modifier="at_least")
    corpus.figure(right, copied, figures.pop("low", 30_000), "home")
    at, other = left.text.index(base), right.text.index(copied)
    reading = Reading(right.id, other, other, left.id, at, at + 8, "hedge", "", base[:8])
    corpus.family([(left, left.text), (right, right.text)], [(0, 1)], [reading])
    return of(corpus, "figure-drift")


def test_a_lost_at_least_is_found(corpus):
    found = drift(corpus, "at least 30,000", "30,000")
    assert len(found) == 1
    assert "“at least 30,000” in Board" in found[0].why


def test_a_dated_update_is_no_drift(corpus):
    assert drift(corpus, "at least 30,000", "32,000", ", the board now says in a revised plan", low=32_000) == []


def test_one_outlets_standing_text_is_no_drift(corpus):
    assert drift(corpus, "at least 30,000", "30,000", outlets=("Board", "Board")) == []


def test_readings_against_dates_are_found(corpus):
    corpus.family(copies(corpus, ("Lantern", "Post")), [(0, 1)], reasons=("its readings contradict the dates",))
    assert len(of(corpus, "dates-disagree")) == 1


def minutes(corpus, outlets, step, texts=None):
    days = [f"2024-05-01T10:{step * at:02}Z" for at in range(len(outlets))]
    corpus.family(copies(corpus, outlets, days, texts), [], origins=2)
    return of(corpus, "coordinated-copies")


def test_equal_words_minutes_apart_are_found(corpus):
    found = minutes(corpus, ("a1", "b2", "c3", "d4", "e5"), 4)
    assert len(found) == 1
    assert "5 accounts have the same words within 16 minutes" in found[0].why


def test_a_wire_copy_is_not_coordinated(corpus):
    texts = [f"DUNMERE (Coastwire) - {RELEASE}"] * 5
    assert minutes(corpus, ("a1", "b2", "c3", "d4", "e5"), 4, texts) == []


def test_copies_over_a_day_are_quiet(corpus):
    corpus.family(copies(corpus, ("a1", "b2", "c3", "d4", "e5")), [], origins=2)
    assert of(corpus, "coordinated-copies") == []


def test_a_text_that_many_repeat_over_months_is_nobodys(corpus):
    days = [f"2024-0{month}-01" for month in range(1, 6)]
    corpus.family(copies(corpus, ("Board", "Courier", "Post", "Mail", "Star"), days), [(0, 1), (0, 2), (1, 3), (1, 4)], origins=2)
    assert of(corpus, "uncredited-reuse") == []


def test_ones_own_earlier_text_is_no_reuse(corpus):
    corpus.family(copies(corpus, ("Governor Anna Lind", "Chair Anna Lind")), [(0, 1)])
    assert of(corpus, "uncredited-reuse") == []


@pytest.mark.parametrize(
    "stretch",
    [
        "Return to text 2. Harbour Board, “Board Issues Statement,” press release, January 26, 2022. " * 4,
        "Present: Anna Lind, Karl Berg, Per Holm, Ilse Dorn, Maria Vance, Tom Reyes, Ada Stoll, Ben Quill, Eva Marrow. " * 3,
    ],
)
def test_notes_and_lists_of_names_are_nobodys_words(corpus, stretch):
    stretch = stretch.strip()
    left = corpus.add(f"The pier is old and will be mended. {stretch} Fin.", "Courier", "2024-05-01")
    right = corpus.add(f"The library is new and well liked by all. {stretch} End.", "Post", "2024-05-03")
    corpus.family([(left, stretch), (right, stretch)], [(0, 1)])
    assert corpus.findings("uncredited-reuse") == []
