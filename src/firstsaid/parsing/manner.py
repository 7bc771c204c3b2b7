"""Whether a text reports, as news do, or reasons in its author's own voice, as essays, blogs, speeches and minutes do."""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.parsing.lexicon import word_set

_FIRST_PERSON = word_set(
    """
    i we my our me us i'm i’m i've i’ve i'd i’d i'll i’ll we're we’re we've we’ve we'll we’ll ours mine myself ourselves
    ich wir mich mir mein meine uns unser unsere je nous mon ma mes notre nos yo nosotros mi mis nuestro nuestra eu meu minha io noi nostro
    я мы мой наш
    """
)
_REPORTS = word_set("said says told tells according reported announced added asked stated saying wrote")
# First persons outside marks per 1,000 words. Of 60 PolNeAR articles and 40 of Wikinews 90 % have fewer than 10 ("we" of a paraphrase, a
# letter), of 24 essays written for the project 90 % more than 12, of 40 posts of a public blog 90 % more than 22.
MIN_FIRST_PERSON = 10
MIN_TIMES = 2  # one "I" in a short text is a slip, or a quotation whose marks were lost
# A text that neither says "I" nor quotes is an essay too: minutes and papers have next to no words of reporting and of marks.
MAX_REPORTS = 1.5
MAX_PAIRS = 3
MIN_WORDS = 200  # a shorter text without a word of reporting is a headline or a caption as likely as an essay


def is_essay(lower: Sequence[str], pair_of: Sequence[int], n_pairs: int) -> bool:
    """Whether the author speaks of himself outside marks, or next to none reports and next to nothing stands between marks.

    `lower`: tokens; `pair_of`: below 0 for tokens outside marks; `n_pairs`: outer pairs of marks.
    """
    outside = [token for token, pair in zip(lower, pair_of, strict=True) if pair < 0 and token[0].isalnum()]
    n_words = max(1, len(outside))
    n_first = sum(token in _FIRST_PERSON for token in outside)
    if n_first >= MIN_TIMES and n_first * 1000 >= MIN_FIRST_PERSON * n_words:
        return True
    reports = sum(token in _REPORTS for token in outside) * 1000 / n_words
    return n_words >= MIN_WORDS and reports < MAX_REPORTS and n_pairs * 1000 / n_words < MAX_PAIRS
