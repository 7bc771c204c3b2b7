"""Published fact-checks are found by their claims, and shown in their publisher's words."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.errors import UsageError
from firstsaid.files import similar_files
from firstsaid.files.reviews import reviews_at, reviews_in

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/lead",
    "claimReviewed": "The tap water of the Ester district contains lead.",
    "datePublished": "2024-03-02",
    "author": {"@type": "Organization", "name": "Checks of Halm"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A leaflet"}},
    "reviewRating": {"@type": "Rating", "alternateName": "Not quite: two houses of 800", "ratingValue": "2"},
}
PAGE = '<!doctype html><html><head><script type="application/ld+json">{}</script></head><body><p>A story.</p></body></html>'


def test_a_page_gives_its_review_with_the_publishers_words(tmp_path):
    page = tmp_path / "lead.html"
    page.write_text(PAGE.format(json.dumps(REVIEW)), "utf-8")
    ((review,), problems) = reviews_in(page)
    assert problems == []
    assert review.claim == REVIEW["claimReviewed"]
    assert (review.publisher, review.date, review.url) == ("Checks of Halm", "2024-03-02", "https://checks.example/lead")
    assert review.rating == "Not quite: two houses of 800"
    assert review.claimant == "A leaflet"


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        {"dataFeedElement": [{"item": [REVIEW, {"@type": ["Thing", "ClaimReview"]}]}]},
        {**REVIEW, "@type": ["ClaimReview", "Review"]},
    ],
)
def test_reviews_are_found_wherever_a_feed_wraps_them(tmp_path, wrapped):
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps(wrapped), "utf-8")
    ((review,), _) = reviews_in(feed)
    assert review.id == REVIEW["url"]


def test_queries_are_ranked_against_a_folder_of_fact_checks(tmp_path):
    folder = tmp_path / "checks"
    folder.mkdir()
    (folder / "lead.html").write_text(PAGE.format(json.dumps(REVIEW)), "utf-8")
    other = {**REVIEW, "url": "https://checks.example/wolves", "claimReviewed": "Wolves killed 40 sheep around Lake Oster."}
    (folder / "feed.json").write_text(json.dumps({"items": [other]}), "utf-8")
    queries = tmp_path / "queries.jsonl"
    queries.write_text(json.dumps({"id": "q", "text": "There is lead in the Ester district's tap water"}) + "\n", "utf-8")
    output = tmp_path / "ranked.jsonl"
    assert similar_files(str(queries), str(folder), 5, output) == (1, [])
    (row,) = map(json.loads, output.read_text("utf-8").splitlines())
    assert row["ranked"][0][0] == "https://checks.example/lead"
    assert row["reviews"][0]["rating"] == "Not quite: two houses of 800"
    assert len(row["reviews"]) == len(row["ranked"])


def test_a_page_without_a_review_is_a_text_as_before(tmp_path):
    page = tmp_path / "story.html"
    page.write_text(PAGE.format(json.dumps({"@type": "NewsArticle"})), "utf-8")
    assert reviews_at(page) == ([], [])


def test_broken_mark_up_is_a_problem_and_the_rest_is_read(tmp_path):
    page = tmp_path / "two.html"
    page.write_text(PAGE.format("{broken") + PAGE.format(json.dumps(REVIEW)), "utf-8")
    reviews, (problem,) = reviews_in(page)
    assert len(reviews) == 1
    assert "no JSON" in problem.message


def test_hostile_nesting_and_kinds_do_not_crash(tmp_path):
    feed = tmp_path / "deep.json"
    feed.write_text("[" * 100_000 + "]" * 100_000, "utf-8")
    assert reviews_in(feed)[0] == []
    feed.write_text(json.dumps({**REVIEW, "author": "x", "reviewRating": [7], "itemReviewed": [[]], "url": {"a": 1}}), "utf-8")
    ((review,), _) = reviews_in(feed)
    assert (review.publisher, review.rating, review.url, review.id) == (None, None, None, REVIEW["claimReviewed"])


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(UsageError, match="there is no file"):
        reviews_in(Path("nowhere.json"))


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_json_in_the_place_of_a_value_is_read(tmp_path_factory, value):
    feed = tmp_path_factory.mktemp("feed") / "any.json"
    feed.write_text(json.dumps([{**REVIEW, key: value} for key in ("claimReviewed", "author", "reviewRating", "url", "@type")]), "utf-8")
    reviews, _ = reviews_in(feed)
    assert all(review.claim for review in reviews)
