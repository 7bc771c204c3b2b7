"""Whether a text reports, as news do, or reasons in its author's own voice, as essays, speeches and minutes do."""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.parsing.lexicon import word_set

_FIRST_PERSON = word_set("i we my our me us i'm i’m i've i’ve we're we’re ours mine myself ourselves")
_REPORTS = word_set("said says told tells according reported announced added asked stated saying wrote")
# Per 1,000 words outside marks. Of 840 PolNeAR articles 95 % have fewer than 14 first persons and 90 % more than 3 words of reporting;
# of 41 speeches of the Federal Reserve 75 % have more than 14 first persons, and all have fewer than 4 words of reporting.
MIN_FIRST_PERSON = 14
MAX_REPORTS_IN_FIRST_PERSON = 4
MAX_REPORTS = 1.5
MAX_PAIRS = 3
MIN_WORDS = 200  # a shorter text without a word of reporting is a headline or a caption as likely as an essay


def is_essay(lower: Sequence[str], pair_of: Sequence[int], n_pairs: int) -> bool:
    """Whether few words report and the author speaks of himself, or next to none report and next to nothing stands between marks.

    `lower`: tokens; `pair_of`: below 0 for tokens outside marks; `n_pairs`: outer pairs of marks.
    """
    outside = [token for token, pair in zip(lower, pair_of, strict=True) if pair < 0 and token[0].isalnum()]
    n_words = max(1, len(outside))
    first_person = sum(token in _FIRST_PERSON for token in outside) * 1000 / n_words
    reports = sum(token in _REPORTS for token in outside) * 1000 / n_words
    if first_person >= MIN_FIRST_PERSON and reports < MAX_REPORTS_IN_FIRST_PERSON:
        return True
    return n_words >= MIN_WORDS and reports < MAX_REPORTS and n_pairs * 1000 / n_words < MAX_PAIRS
