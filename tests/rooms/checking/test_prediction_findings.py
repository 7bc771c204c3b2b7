import pyarrow as pa

from firstsaid.checking import SETTINGS_SCHEMA
from firstsaid.dates import from_edtf

HALL = "The filter hall will be finished by the spring of 2023."


def overdue(corpus, **more):
    return corpus.findings("prediction-overdue", **more)


def test_a_horizon_that_has_passed_is_found(corpus):
    document = corpus.add(HALL, "Courier", "2022-01-20")
    corpus.predict(document, HALL, "by the spring of 2023", "2023-05")
    corpus.add("The hall has no roof.", "Post", "2024-02-12")
    found = overdue(corpus)
    assert len(found) == 1
    assert "ran out on 2023-05-31, before the latest date in the corpus (2024-02-12)" in found[0].why


def test_the_day_of_judgement_can_be_given(corpus):
    document = corpus.add(HALL, "Courier", "2022-01-20")
    corpus.predict(document, HALL, "by the spring of 2023", "2023-05")
    assert overdue(corpus) == []
    settings = pa.table({"as_of": [from_edtf("2025-01-01", "test").latest]}, schema=SETTINGS_SCHEMA)
    assert "the day given (2025-01-01)" in overdue(corpus, settings=settings)[0].why


def test_conditions_and_open_horizons_are_quiet(corpus):
    document = corpus.add(f"If the bank agrees: {HALL}", "Courier", "2022-01-20")
    corpus.predict(document, HALL, "by the spring of 2023", "2023-05", condition_start=0, condition_end=2)
    open_one = corpus.add("The hall will be finished by 2040.", "Courier", "2022-01-20")
    corpus.predict(open_one, open_one.text, "by 2040", "2040")
    corpus.add("The hall has no roof.", "Post", "2024-02-12")
    assert overdue(corpus) == []


def test_a_prediction_that_somebody_quotes_is_weaker(corpus):
    for number, quoted in enumerate((True, False)):
        document = corpus.add(HALL.replace("filter", f"filter{number}"), "Courier", "2022-01-20")
        corpus.predict(document, document.text, "by the spring of 2023", "2023-05", is_quoted=quoted)
    corpus.add("The hall has no roof.", "Post", "2024-02-12")
    found = overdue(corpus)
    assert found[0].evidence[0].document_id == corpus.documents[1].id
    assert found[0].strength > found[1].strength


def test_a_recurring_sentence_is_one_finding(corpus):
    for month in range(1, 6):
        document = corpus.add(f"No. {month}. {HALL}", "Courier", f"2022-0{month}-20")
        corpus.predict(document, HALL, "by the spring of 2023", "2023-05")
    corpus.add("The hall has no roof.", "Post", "2024-02-12")
    found = overdue(corpus)
    assert len(found) == 1
    assert found[0].n_similar == 5


def test_predictions_of_one_document_are_one_finding(corpus):
    text = "The hall will open by May 2023. The bridge will carry trams by June 2023."
    document = corpus.add(text, "Courier", "2022-01-20")
    corpus.predict(document, "The hall will open by May 2023", "by May 2023", "2023-05")
    corpus.predict(document, "The bridge will carry trams by June 2023", "by June 2023", "2023-06")
    corpus.add("The hall has no roof.", "Post", "2024-02-12")
    found = overdue(corpus)
    assert len(found) == 1
    assert "1 more of its predictions" in found[0].why


def later(corpus, text, day="2024-02-12"):
    document = corpus.add(HALL, "Courier", "2022-01-20")
    corpus.predict(document, HALL, "by the spring of 2023", "2023-05")
    corpus.add(text, "Post", day)
    return overdue(corpus)


def test_a_later_sentence_that_says_not_yet_stands_beside_the_promise(corpus):
    found = later(corpus, "The filter hall is still without a roof. Nobody gives a date.")
    assert found[0].evidence[1].role == "later: not yet, it seems"
    assert "says of it “The filter hall is still without a roof.”" in found[0].why


def test_a_later_sentence_that_says_done_makes_it_quiet(corpus):
    assert later(corpus, "The filter hall was opened by the mayor in April.") == []


def test_vague_horizons_agendas_and_appointments_are_quiet(corpus):
    for words, horizon, until in (
        ("The hall will be finished in the coming months.", "in the coming months", "2022-06"),
        ("I will discuss the 40 pumps of the hall by the end of March 2022.", "by the end of March 2022", "2022-03"),
        ("The council will open the hall on 3 February 2022.", "on 3 February 2022", "2022-02-03"),
        ("The hall might perhaps be liked by May 2023.", "by May 2023", "2023-05"),
    ):
        corpus.predict(corpus.add(words, "Courier", "2022-01-20"), words, horizon, until)
    corpus.add("It rained.", "Post", "2024-02-12")
    assert overdue(corpus) == []


def test_the_holder_of_a_quoted_prediction_is_named(corpus):
    document = corpus.add(f"“{HALL}” said Ada Lund.", "Courier", "2022-01-20")
    corpus.predict(document, HALL, "by the spring of 2023", "2023-05", is_quoted=True)
    corpus.quote(document, HALL, "Ada Lund")
    corpus.add("The hall has no roof.", "Post", "2024-02-12")
    assert "Courier, 2022-01-20, quoting Ada Lund, says “The filter hall" in overdue(corpus)[0].why
