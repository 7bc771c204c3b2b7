"""The same claim in other words."""

import random
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.errors import UsageError
from firstsaid.matching.claim_index import FEATURES
from firstsaid.matching.claim_words import claim_text, claim_words
from firstsaid.matching.similar import BANDS, CANDIDATES, Text, comparisons, load_fusion, similar

CLAIMS = [
    Text("bridge", "The old harbour bridge was closed because rust had eaten through its cables.", "Why the harbour bridge closed"),
    Text("bread", "Bread prices in Norhaven rose 12 percent last year."),
    Text("vaccine", "The new vaccine protects nine out of ten children against measles."),
    Text("mayor", "Mayor Ilse Brandt said the city will plant 5,000 trees."),
    Text("wolves", "Wolves killed 40 sheep on the farms around Lake Oster."),
    Text("tax", "The government plans to abolish the tax on books."),
    Text("train", "Night trains between Norhaven and Sollund will start again in spring."),
    Text("water", "Tap water in the district contains no lead."),
    Text("football", "The match was stopped after fans threw flares on the pitch."),
    Text("school", "Every second school lacks a library."),
]
PARAPHRASES = [
    ("bridge", "Corroded steel ropes are the reason nobody may cross the harbour bridge"),
    ("bread", "Norhaven: a loaf of bread cost 15 % more than the year before"),
    ("vaccine", "90 percent of kids are shielded from measles by a new vaccine"),
    ("mayor", "#IlseBrandt promises thousands of new trees for her city https://example.org/x"),
    ("wolves", "Dozens of sheep around Lake Oster have been killed by wolves"),
    ("tax", "Books are to be freed from tax, according to government plans"),
    ("train", "From spring you can sleep on the train from Sollund to Norhaven"),
    ("school", "Half of all schools have no library"),
]


def ids(ranking):
    return [document for document, _ in ranking.ranked]


def test_a_paraphrase_finds_its_claim_first():
    queries = [Text(f"q{at}", text) for at, (_, text) in enumerate(PARAPHRASES)]
    found = similar(queries, CLAIMS, k=3)
    assert [ids(ranking)[0] for ranking in found] == [right for right, _ in PARAPHRASES]


def test_a_different_figure_never_vetoes_a_match():
    (same,) = similar([Text("q", "Wolves killed 400 sheep on the farms around Lake Oster.")], CLAIMS)
    assert ids(same)[0] == "wolves"
    assert same.bands[0] == "same"


def test_nearly_the_same_words_denied_are_not_called_the_same():
    (denied,) = similar([Text("q", "The government does not plan to abolish the tax on books.")], CLAIMS)
    assert ids(denied)[0] == "tax"
    assert denied.bands[0] == "possibly"


def test_scores_fall_and_bands_follow_them():
    for ranking in similar([Text("q", text) for _, text in PARAPHRASES], CLAIMS, k=10):
        scores = [score for _, score in ranking.ranked]
        assert scores == sorted(scores, reverse=True)
        assert all(isinstance(score, int) and 0 <= score <= 10_000 for score in scores)
        assert len(ranking.bands) == len(scores)
        assert set(ranking.bands) <= set(BANDS)


def test_what_nobody_said_gets_no_band():
    (stray,) = similar([Text("q", "Penguins were counted on an island in the far south")], CLAIMS)
    assert set(stray.bands) == {"none"}


def test_ties_go_by_id():
    twins = [Text("b", "Cats bark at night."), Text("a", "Cats bark at night."), Text("c", "Cats bark at night.")]
    (found,) = similar([Text("q", "At night cats bark")], twins)
    assert ids(found) == ["a", "b", "c"]


def test_a_text_does_not_find_itself():
    for ranking in similar(CLAIMS, CLAIMS):
        assert ranking.query_id not in ids(ranking)


def test_the_order_of_documents_and_queries_changes_nothing():
    shuffled = CLAIMS.copy()
    random.Random(7).shuffle(shuffled)
    queries = [Text(f"q{at}", text) for at, (_, text) in enumerate(PARAPHRASES)]
    forward = similar(queries, CLAIMS)
    backward = similar(queries[::-1], shuffled)
    assert [ids(r)[:3] for r in forward] == [ids(r)[:3] for r in backward[::-1]]
    assert [r.ranked[0][1] for r in forward] == [r.ranked[0][1] for r in backward[::-1]]


@pytest.mark.parametrize(
    ("right", "query"),
    [
        ("zh", "这座大桥去年关闭了"),
        ("ja", "その橋は昨年閉鎖された"),
        ("th", "สะพานถูกปิดเมื่อปีที่แล้ว"),
        ("ar", "أغلق الجسر القديم في العام الماضي"),
    ],
)
def test_scripts_without_spaces_or_case_are_found(right, query):
    documents = [
        Text("zh", "去年，大桥因为生锈而关闭"),
        Text("ja", "昨年、橋は錆のため閉鎖された"),
        Text("th", "ปีที่แล้วสะพานปิดเพราะสนิม"),
        Text("ar", "تم إغلاق الجسر القديم العام الماضي بسبب الصدأ"),
        *CLAIMS,
    ]
    assert ids(similar([Text("q", query)], documents)[0])[0] == right


def test_empty_and_odd_texts_are_ranked_without_a_crash():
    odd = [Text("e", ""), Text("s", " \n"), Text("d", "12345 67"), Text("x", "\ud800\ufffd\u200b"), Text("m", "́́"), *CLAIMS]
    for ranking in similar(odd, odd, k=50):
        assert len(ranking.ranked) == len(ranking.bands)
    assert similar([], CLAIMS) == []
    assert similar([Text("q", "x")], [])[0].ranked == ()


def test_a_claim_of_thousands_of_words_and_a_megabyte_of_one_letter_end_soon():
    long = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(3000))
    begun = time.process_time()
    similar(
        [Text("q", long), Text("a", "a" * 1_000_000), Text("h", "#" * 1_000_000), Text("d", " — " * 300_000)], [*CLAIMS, Text("l", long)]
    )
    assert time.process_time() - begun < 30


def test_links_and_signatures_are_no_part_of_a_claim():
    post = "Rivers run backwards https://example.org/abc — Ada B (@ada_b) May 1, 2020"
    assert claim_words(claim_text(post)).stems == ("river", "run", "backw")


def test_title_case_makes_no_names():
    assert claim_words("Did The Mayor Of Norhaven Plant Trees?").names == frozenset()
    assert claim_words("Yesterday the mayor of Norhaven met Ilse Brandt there").names == {"norha", "ilse", "brand"}


@pytest.mark.parametrize("with_minilm", [False, True])
def test_more_of_any_feature_never_counts_against_a_match(with_minilm):
    assert (load_fusion(with_minilm).weights >= 0).all()


def test_features_are_bounded_and_candidates_rise():
    for compared in comparisons([Text("q", text) for _, text in PARAPHRASES], CLAIMS):
        assert compared.features.shape == (len(PARAPHRASES), 2 * CANDIDATES, len(FEATURES))
        for count, rows, features in zip(compared.counts, compared.candidates, compared.features, strict=True):
            assert np.isfinite(features).all()
            assert (np.diff(rows[:count]) > 0).all()
            shares = features[:count, FEATURES.index("query_words") : FEATURES.index("deep_cosine")]
            assert (shares >= -1.0001).all()
            assert (shares <= 1.0001).all()
            assert (features[:count, FEATURES.index("deep_cosine") :] == 0).all()


class ByLength:
    """An encoder that knows only how long a text is."""

    def encode(self, texts):
        angles = np.array([min(len(text), 150) / 100 for text in texts], np.float32)
        return np.column_stack([np.cos(angles), np.sin(angles)])


def test_an_encoder_brings_candidates_of_its_own():
    documents = [*CLAIMS, *(Text(f"filler-{at}", f"word{at} " * 3) for at in range(100)), Text("alike", "zzz" * 20)]
    query = Text("q", "qqq" * 20)
    without, with_encoder = (next(iter(comparisons([query], documents, encoder=encoder))) for encoder in (None, ByLength()))
    assert len(documents) - 1 in with_encoder.candidates[0][: with_encoder.counts[0]]
    assert with_encoder.features.shape[1] == 3 * CANDIDATES
    deep = with_encoder.features[0, :, FEATURES.index("deep_cosine")]
    assert deep.max() == pytest.approx(1)
    assert without.features[0, :, FEATURES.index("deep_cosine")].max() == 0
    assert ids(similar([query], documents, encoder=ByLength())[0])[0] == "alike"


def test_claims_set_against_each_other_in_blocks_are_ranked_as_one_by_one():
    many = [Text(f"{claim.id}-{at}", f"{claim.text} {'again ' * at}") for at in range(30) for claim in CLAIMS]
    together = similar(many, many, k=5)
    assert [together[at] for at in (0, 127, 128, 299)] == [similar([many[at]], many, k=5)[0] for at in (0, 127, 128, 299)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=6), st.text(max_size=80))
def test_any_text_is_ranked(texts, query):
    documents = [Text(f"d{at}", text) for at, text in enumerate(texts)]
    (ranking,) = similar([Text("q", query)], documents, k=3)
    assert len(ranking.ranked) <= 3
    assert similar([Text("q", query)], documents, k=3) == [ranking]


def test_k_below_one_is_refused():
    with pytest.raises(UsageError, match="k is 0"):
        similar([Text("q", "x")], CLAIMS, k=0)


def test_nothing_that_could_reach_a_network_is_imported():
    program = (
        "import sys; from firstsaid.matching.similar import Text, similar; similar([Text('q', 'a b')], [Text('d', 'a b')]);"
        "print([m for m in ('wordllama', 'requests', 'urllib3', 'huggingface_hub', 'http') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
