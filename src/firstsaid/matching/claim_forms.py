"""What of each claim is compared, as flat arrays in Arrow tables: words, names, dates, figures, word pieces, denial, direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firstsaid.matching.claim_index import Sets, make_sets, rarest
from firstsaid.matching.claim_vectors import Integers, load_vectors
from firstsaid.matching.claim_words import STEM_LETTERS, ClaimWords, claim_text, many_claim_words, mask_digits, without_names
from firstsaid.matching.rows import binary_column, joined_column

FOUND_CLAIM_COLUMNS = ("id", "document_id", "start", "end", "text")
"""What `claim_form_rows` needs of a claim."""

_LISTS = ("words", "names", "dates", "figures", "directions", "pieces")
CLAIM_FORM_SCHEMA = pa.schema(
    [
        pa.field("document_id", pa.string(), False),
        pa.field("claim_id", pa.string(), False),
        pa.field("start", pa.int64(), False),
        pa.field("end", pa.int64(), False),
        pa.field("whole", pa.int64(), False),
        pa.field("is_negated", pa.bool_(), False),
        *(pa.field(name, pa.binary(), False) for name in _LISTS),
    ]
)
"""One row a claim. `whole` stands for all its words in order; the lists hold numbers that stand for words (little-endian int64)."""

_DATE_WORDS = (
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado"
)
_SEASONS = frozenset(("spring", "summer", "autumn", "winter"))
_DATE_STEMS = frozenset(word[:STEM_LETTERS] for word in _DATE_WORDS.split())
_SPELLED_ONES = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_SPELLED_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELLED = {word: str(value) for value, word in enumerate(_SPELLED_ONES.split(), 2)} | {
    word: str(10 * tens) for tens, word in enumerate(_SPELLED_TENS.split(), 2)
}
"""Not "one", which is seldom a figure ("one of them")."""

_OPPOSITES = """
    rise rises rose risen rising grew grow grows grown increase increases increased up higher gain gained raise raised raises climbed
        / fall falls fell fallen falling shrank shrink decrease decreases decreased down lower lost lose cut cuts dropped drop declined;
    doubled / halved;
    open opens opened opening start starts started begin began / close closes closed closing stop stops stopped end ended shut;
    approve approved approves accept accepted passed agreed backed supported support supports
        / reject rejected rejects refuse refused refuses opposed oppose opposes against;
    more above over / fewer less below under;
    legal lawful allowed allow allows permits permitted / illegal unlawful banned ban bans forbids forbidden prohibits prohibited;
    hire hires hired / dismiss dismisses dismissed fire fires fired;
    win wins won / lose loses lost;
    with / without;
    before / after;
    alive survived / dead died;
    import imports imported / export exports exported;
    prevent prevents prevented protects protected / cause causes caused;
    admit admits admitted confirmed confirms conceded / denied denies deny;
    buys bought buy / sells sold sell;
    best largest highest most / worst smallest lowest least
"""
"""Words that turn a statement into its opposite, side by side. Static vectors put opposites close together, as they stand in the same
sentences. A short English list: a missing word costs a warning of contrast, never a match."""


def _directions() -> dict[str, tuple[int, ...]]:
    """Each word's sides: `2 * pair` for the left one, `2 * pair + 1` for the right one."""
    sides: dict[str, tuple[int, ...]] = {}
    for number, pair in enumerate(_OPPOSITES.split(";")):
        for side, listing in enumerate(pair.split("/")):
            for word in listing.split():
                sides[word] = (*sides.get(word, ()), 2 * number + side)
    return sides


DIRECTIONS = _directions()


_REFUSAL_WORDS = "refuse refuses refused fail fails failed decline declines declined stopped unable weigerte refusé negó"
_REFUSALS = frozenset(_REFUSAL_WORDS.split())
"""Words that deny what follows them, besides `claim_words.NEGATIONS`: for a pair of claims a denial too many costs only a band."""


@lru_cache(maxsize=1 << 17)
def number_of(word: str) -> int:
    """A signed 64-bit number that stands for a word in all texts."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True)


def claim_form_rows(claims: pa.Table) -> pa.Table:
    """Each kernel over claims with their text (`FOUND_CLAIM_COLUMNS`): what of each is compared (`CLAIM_FORM_SCHEMA`)."""
    texts = [claim_text(text) for text in claims.column("text").to_pylist()]
    parts = many_claim_words(texts)
    # Names are compared as names: in the vectors some weigh more than others, and no name should.
    nameless = [without_names(mask_digits(text), part.names) for text, part in zip(texts, parts, strict=True)]
    pieces = load_vectors().pieces(nameless)
    lists: dict[str, Sequence[Sequence[int]]] = {
        "words": [[number_of(stem) for stem in part.stems] for part in parts],
        "names": [[number_of(stem) for stem in sorted(part.names - _DATE_STEMS)] for part in parts],
        "dates": [list(map(number_of, _dates(part))) for part in parts],
        "figures": [list(map(number_of, _figures(part))) for part in parts],
        "directions": [sorted({side for word in part.keys for side in DIRECTIONS.get(word, ())}) for part in parts],
    }
    columns = [claims.column(name) for name in ("document_id", "id", "start", "end")]
    columns.append(pa.array([number_of(" ".join(part.keys)) for part in parts], pa.int64()))
    columns.append(pa.array([part.is_negated or not _REFUSALS.isdisjoint(part.keys) for part in parts], pa.bool_()))
    columns += [_packed(lists[name]) for name in _LISTS[:-1]]
    columns.append(binary_column(pieces.ids.astype(np.int64), np.diff(pieces.bounds)))
    return pa.Table.from_arrays(columns, schema=CLAIM_FORM_SCHEMA)


def _packed(lists: Sequence[Sequence[int]]) -> pa.Array:
    counts = np.fromiter(map(len, lists), np.int64, count=len(lists))
    return binary_column(np.fromiter((item for one in lists for item in one), np.int64, count=int(counts.sum())), counts)


def _dates(part: ClaimWords) -> list[str]:
    """Days of the week, months, seasons, and years."""
    return sorted((part.names & _DATE_STEMS) | (_SEASONS & set(part.keys)) | {number for number in part.numbers if _is_year(number)})


def _figures(part: ClaimWords) -> list[str]:
    """Numbers that are no years, those in words too."""
    spelled = {_SPELLED[word] for word in part.keys if word in _SPELLED}
    return sorted({number for number in part.numbers if not _is_year(number)} | spelled)


def _is_year(number: str) -> bool:
    return len(number) == 4 and "1500" <= number < "2100"


@dataclass(frozen=True, slots=True)
class Forms:
    """Claims side by side, in the order in which they were given; see `CLAIM_FORM_SCHEMA`.

    `words`, `names`: terms, numbered by their value. `rarity`: of each term; `piece_rarity`: of each word piece. `sequence`: the
    words in the order in which they stand, not as a set.
    """

    is_negated: npt.NDArray[np.bool_]
    words: Sets
    names: Sets
    dates: Sets
    figures: Sets
    directions: Sets
    pieces: Sets
    rarity: npt.NDArray[np.float64]
    piece_rarity: npt.NDArray[np.float32]
    sequence: Sets

    @staticmethod
    def of(table: pa.Table) -> Forms:
        """From rows of `CLAIM_FORM_SCHEMA`. Words are weighed by how many of these claims hold them."""
        lists = {name: joined_column(table.column(name), np.int64) for name in _LISTS}
        terms, numbered = np.unique(lists["words"][0], return_inverse=True)
        words = make_sets(numbered, lists["words"][1])
        names = make_sets(np.searchsorted(terms, lists["names"][0]), lists["names"][1])
        n = table.num_rows
        present = make_sets(*lists["pieces"])
        piece_rarity = _rarity(np.bincount(present.members, minlength=len(load_vectors().table)), n).astype(np.float32)
        return Forms(
            table.column("is_negated").to_numpy(),
            words,
            names,
            _numbered_sets(*lists["dates"]),
            _numbered_sets(*lists["figures"]),
            make_sets(*lists["directions"]),
            rarest(present, piece_rarity),
            _rarity(np.bincount(words.members, minlength=len(terms)), n),
            piece_rarity,
            Sets(np.asarray(numbered, np.int64), np.concatenate(([0], np.cumsum(lists["words"][1]))).astype(np.int64)),
        )


def _numbered_sets(values: Integers, counts: Integers) -> Sets:
    return make_sets(np.unique(values, return_inverse=True)[1] if len(values) else values, counts)


def _rarity(counts: Integers, n: int) -> npt.NDArray[np.float64]:
    return np.asarray(np.log1p((n - counts + 0.5) / (counts + 0.5)))
