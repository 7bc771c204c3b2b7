import pytest

PLACE = "after a ferry struck the pier at Dunmere harbour"


def report(corpus, words, low, of="wounded", outlet="Courier", day="2024-05-01", tail=PLACE, **more):
    document = corpus.add(
        f"{words} people were wounded {tail}. The Dunmere ferry Ondine was towed.", outlet, day, title="Ferry strikes pier at Dunmere"
    )
    corpus.figure(document, words, low, of, **more)
    for name in ("Dunmere", "Ondine"):
        corpus.mention(document, name)
    return document


def conflicts(corpus):
    return [finding for finding in corpus.findings() if finding.kind == "figures-conflict"]


def test_forty_and_more_than_forty_five_conflict(corpus):
    report(corpus, "40", 40)
    report(corpus, "More than 45", 45, outlet="Post", high=None, modifier="more_than")
    found = conflicts(corpus)
    assert len(found) == 1
    assert "“40” and" in found[0].why
    assert "“More than 45”" in found[0].why


def test_about_forty_and_forty_one_agree(corpus):
    report(corpus, "About 40", 40, modifier="about")
    report(corpus, "41", 41, outlet="Post")
    assert conflicts(corpus) == []


def test_a_range_that_holds_the_other_is_quiet(corpus):
    report(corpus, "Between 40 and 50", 40, high=50, modifier="range")
    report(corpus, "45", 45, outlet="Post")
    assert conflicts(corpus) == []


def test_a_revision_is_quiet(corpus):
    report(corpus, "40", 40)
    report(corpus, "52", 52, outlet="Post", day="2024-05-03", tail=f"{PLACE}, the hospital said, revising its first count")
    assert conflicts(corpus) == []


def test_another_weekday_is_quiet(corpus):
    report(corpus, "40", 40, tail=f"{PLACE} on Saturday")
    report(corpus, "60", 60, outlet="Post", tail=f"{PLACE} on Sunday")
    assert conflicts(corpus) == []


def test_another_place_is_quiet(corpus):
    report(corpus, "40", 40, place="Dunmere")
    report(corpus, "60", 60, outlet="Post", place="Carrick")
    assert conflicts(corpus) == []


def test_another_unit_or_thing_is_quiet(corpus):
    report(corpus, "40", 40, of="wounded")
    report(corpus, "60", 60, of="missing", outlet="Post")
    report(corpus, "70", 70, of="wounded", unit="percent", kind="percent", outlet="Mail")
    assert conflicts(corpus) == []


def test_another_event_is_quiet(corpus):
    report(corpus, "40", 40)
    other = corpus.add("60 people were wounded when a tram left its rails in Carrick.", "Post", title="Tram leaves rails")
    corpus.figure(other, "60", 60, "wounded")
    assert conflicts(corpus) == []


def test_weeks_apart_is_quiet(corpus):
    report(corpus, "40", 40)
    report(corpus, "60", 60, outlet="Post", day="2024-06-20")
    assert conflicts(corpus) == []


def test_a_text_that_gives_both_numbers_is_quiet(corpus):
    report(corpus, "40", 40)
    report(corpus, "60", 60, outlet="Post", tail=f"{PLACE}, the ferrymen say; the police speak of 40")
    assert conflicts(corpus) == []


def sums(corpus, text, *figures, **more):
    document = corpus.add(text)
    for words, low, of in figures:
        corpus.figure(document, words, low, of, **more)
    return [finding for finding in corpus.findings() if finding.kind == "figures-do-not-add-up"]


def test_parts_that_make_another_total_are_found(corpus):
    found = sums(
        corpus, "The crash hurt 12 people, 5 men and 6 women, police said.", ("12", 12, "people"), ("5 ", 5, "man"), ("6 ", 6, "woman")
    )
    assert len(found) == 1
    assert "5 + 6 = 11, not 12" in found[0].why


@pytest.mark.parametrize(
    "text",
    [
        "The crash hurt 12 people, including 5 men and 6 women, police said.",
        "The crash hurt 12 people, among them 5 men and 6 women.",
        "The crash hurt 11 people, 5 men and 6 women, police said.",
        "In 12 towns, 5 ferries ran. Then 6 women sang.",
        "The crash hurt 12 people, 5 men and 6 women and others.",
    ],
)
def test_subsets_right_sums_and_other_thoughts_are_quiet(corpus, text):
    total = "11" if "11" in text else "12"
    assert sums(corpus, text, (total, int(total), "people"), ("5 ", 5, "man"), ("6 ", 6, "woman")) == []


def test_rounded_percentages_are_quiet(corpus):
    text = "Of all votes, 100 percent were counted: 33 percent for, 33 percent against and 33 percent empty."
    figures = (("100 percent", 100, None), ("33 percent for", 33, None), ("33 percent against", 33, None), ("33 percent empty", 33, None))
    assert sums(corpus, text, *figures, kind="percent", unit="percent") == []


def test_a_correction_by_the_same_outlet_is_found(corpus):
    old = corpus.add("The warehouse at Fell Quay held 90 tonnes of rope when it burned.", "Courier", "2024-05-01")
    corpus.figure(old, "90 tonnes", 90, "rope", unit="t", kind="measure")
    new = corpus.add(
        "Correction: we said that the warehouse at Fell Quay held 90 tonnes of rope. The right figure is 9 tonnes of rope.",
        "Courier",
        "2024-05-04",
    )
    corpus.figure(new, "90 tonnes", 90, "rope", unit="t", kind="measure")
    corpus.figure(new, "9 tonnes", 9, "rope", unit="t", kind="measure")
    found = [finding for finding in corpus.findings() if finding.kind == "superseded"]
    assert len(found) == 1
    assert "corrected it to “9 tonnes" in found[0].why


def test_another_outlets_later_figure_supersedes_nothing(corpus):
    old = corpus.add("The warehouse at Fell Quay held 90 tonnes of rope when it burned.", "Courier", "2024-05-01")
    corpus.figure(old, "90 tonnes", 90, "rope", unit="t", kind="measure")
    new = corpus.add("Correction: the warehouse at Fell Quay held 9 tonnes of rope.", "Post", "2024-05-04")
    corpus.figure(new, "9 tonnes", 9, "rope", unit="t", kind="measure")
    assert [finding for finding in corpus.findings() if finding.kind == "superseded"] == []


def test_the_same_outlet_a_day_later_or_another_order_of_size_is_quiet(corpus):
    report(corpus, "40", 40)
    report(corpus, "60", 60, day="2024-05-02")
    report(corpus, "6,777", 6_777, outlet="Mail")
    assert conflicts(corpus) == []


def two_figures(corpus, left, right, **more):
    for text, outlet in ((left, "Courier"), (right, "Post")):
        document = corpus.add(text, outlet, title="Dunmere harbour board meets on the Ondine")
        words = next(word for word in text.split() if word[0].isdigit())
        corpus.figure(document, words, int(words.rstrip("%")), **more)
    return conflicts(corpus)


def test_lengths_of_time_of_different_things_are_quiet(corpus):
    left = "At the Dunmere harbour board the clerk said that prices rose over 10 years along the quay."
    right = "The Dunmere harbour board heard from the diver that his licence had lapsed 14 years before the Ondine sank."
    assert two_figures(corpus, left, right, of="year", kind="duration", unit="year") == []


def test_small_counts_in_sentences_about_different_things_are_quiet(corpus):
    left = "The Dunmere harbour board has held 3 meetings since the spring about the quay."
    right = "At the 2 meetings that remain this winter the Dunmere harbour board may raise the toll."
    assert two_figures(corpus, left, right, of="meeting") == []


def test_a_text_that_lost_its_signs_has_no_figures_to_compare(corpus):
    filler = " The board of the harbour heard the clerk and then the diver and then the master of the boat and nobody spoke" * 6
    left = f"The Ondine carried 3 000 passengers past the pier at Dunmere harbour {filler}"
    document = corpus.add(left, "Courier", title="Ondine at Dunmere harbour")
    corpus.figure(document, "000", 0, "passenger")
    other = corpus.add("The Ondine carried 900 passengers past the pier at Dunmere harbour.", "Post", title="Ondine at Dunmere harbour")
    corpus.figure(other, "900", 900, "passenger")
    for name in ("Dunmere", "Ondine"):
        for one in (document, other):
            corpus.mention(one, name)
    assert conflicts(corpus) == []


def test_a_row_of_sums_is_a_list_and_no_total(corpus):
    text = "It took $36 from Lind, $17 from Berg, and $18 from Holm."
    assert sums(corpus, text, ("$36", 36, None), ("$17", 17, None), ("$18", 18, None), kind="money", unit="USD") == []


def do_not_add_up(corpus):
    return [finding for finding in corpus.findings() if finding.kind == "figures-do-not-add-up"]


def shares(corpus, text, *numbers, kind="percent", unit="percent"):
    document = corpus.add(text, "Courier", "2024-05-01")
    for number in numbers:
        corpus.figure(document, f"{number}%", number, None, unit=unit, kind=kind)
    return do_not_add_up(corpus)


def test_shares_of_a_poll_told_to_the_last_one_make_a_hundred(corpus):
    found = shares(corpus, "In the poll 52% said yes, 41% said no and 15% were undecided.", 52, 41, 15)
    assert len(found) == 1
    assert "52 + 41 + 15 = 108, not 100" in found[0].why


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("In the poll 52% said yes, 41% said no and 7% were undecided.", (52, 41, 7)),
        ("In the poll 52% named rents, 41% wages and 35% the trams.", (52, 41, 35)),
        ("Rents rose by 52%, wages by 41% and 15% were undecided.", (52, 41, 15)),
    ],
)
def test_shares_that_fit_or_overlap_are_quiet(corpus, text, numbers):
    assert shares(corpus, text, *numbers) == []


def change(corpus, text, percent, *figures):
    document = corpus.add(text, "Courier", "2024-05-01")
    corpus.figure(document, percent[0], percent[1], None, unit="percent", kind="change", sentence_start=0, sentence_end=len(text))
    for words, low, high in figures:
        more = {"kind": "change", "modifier": "range"} if high != low else {}
        corpus.figure(document, words, low, "visitor", high=high, unit="visitor", sentence_start=0, sentence_end=len(text), **more)
    return do_not_add_up(corpus)


@pytest.mark.parametrize(
    ("text", "percent", "figures", "is_wrong"),
    [
        ("Visits rose 12%, from 40,000 to 52,000.", ("12%", 12), [("from 40,000 to 52,000", 40000, 52000)], True),
        ("Visits rose 30%, from 40,000 to 52,000.", ("30%", 30), [("from 40,000 to 52,000", 40000, 52000)], False),
        ("Visits fell 23%, from 52,000 to 40,000.", ("23%", 23), [("from 52,000 to 40,000", 40000, 52000)], False),
        ("Visits rose by 12% to 52,000 from 40,000.", ("12%", 12), [("52,000", 52000, 52000), ("40,000", 40000, 40000)], True),
        ("Visits rose by 30% to 52,000 from 40,000.", ("30%", 30), [("52,000", 52000, 52000), ("40,000", 40000, 40000)], False),
        ("Visits rose by 29% to 52,000 from 40,000.", ("29%", 29), [("52,000", 52000, 52000), ("40,000", 40000, 40000)], False),
        (
            "Visits rose by 12% to 52,000, and 40,000 came by tram.",
            ("12%", 12),
            [("52,000", 52000, 52000), ("40,000", 40000, 40000)],
            False,
        ),
    ],
)
def test_a_change_is_held_against_the_two_numbers_beside_it(corpus, text, percent, figures, is_wrong):
    assert bool(change(corpus, text, percent, *figures)) == is_wrong


@pytest.mark.parametrize(
    ("text", "part", "whole", "is_wrong"),
    [
        ("15 of the 12 crew were saved.", ("15", 15), ("12", 12), True),
        ("12 of the 15 crew were saved.", ("12", 12), ("15", 15), False),
        ("15 were saved and 12 crew were lost.", ("15", 15), ("12", 12), False),
    ],
)
def test_a_part_is_no_larger_than_its_whole(corpus, text, part, whole, is_wrong):
    document = corpus.add(text, "Courier", "2024-05-01")
    for words, number in (part, whole):
        corpus.figure(document, words, number, "crew", unit="person")
    assert bool(do_not_add_up(corpus)) == is_wrong


def test_kilometres_and_miles_are_compared(corpus):
    tail = "of pipe lie broken at Dunmere harbour beside the Ondine"
    for words, low, unit, outlet in (
        ("80 kilometres", 80, "km", "Courier"),
        ("50 miles", 50, "mi", "Post"),
        ("30 miles", 30, "mi", "Gazette"),
    ):
        document = corpus.add(f"About noon {words} {tail}. The Dunmere ferry was towed.", outlet, "2024-05-01", title="Pipes of Dunmere")
        corpus.figure(document, words, low, "pipe", unit=unit, kind="measure")
        for name in ("Dunmere", "Ondine"):
            corpus.mention(document, name)
    assert sorted(finding.why.count("30 miles") for finding in conflicts(corpus)) == [1, 1]


def test_a_rise_and_a_fall_of_one_size_conflict(corpus):
    for verb, outlet in (("rose", "Courier"), ("fell", "Post")):
        text = f"Harvests of Dunmere barley {verb} by 7 percent after the wet Ondine summer. The Dunmere mill was closed."
        document = corpus.add(text, outlet, "2024-05-01", title="Barley of Dunmere")
        corpus.figure(document, "7 percent", 7, None, unit="percent", kind="change")
        for name in ("Dunmere", "Ondine"):
            corpus.mention(document, name)
    assert len(conflicts(corpus)) == 1
