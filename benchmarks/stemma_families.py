"""Simulated families whose true tree is known: texts written for the project, copied along random and hand-shaped trees.

Two kinds of copyist. The *press* rewords: swaps, omissions, additions, cuts, few misspellings, now and then a correction back to the first
words. The *scribe* respells (most often the same small words, in the same few ways), skips from one word to the next equal one, swaps
neighbours, loses leaves. Both sometimes copy a stretch from a second parent, and a share of the versions is lost.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from firstsaid.wording import align

PRESS = """
The harbour board met on Tuesday evening to hear how the old pumping house had fared in the winter storms.
Its engineer said that the lower basin had filled twice as fast as anybody at the works had expected.
Two of the seven sluices no longer close, and a third is held shut by a beam that the night watch put there.
Repairs are expected to cost at least 40,000 crowns, most of which the district has promised to pay.
The council may ask the neighbouring parish for a loan if the grant does not arrive before the spring tide.
Nobody was hurt when the eastern wall gave way, but some 30 families left their homes for the night.
A baker from the quay lent his van to carry blankets, bread and lamps to the schoolhouse on the hill.
The wardens have measured the water every hour since then and chalked the levels on the lock gate.
According to their notes the river stood highest shortly before dawn, a hand below the parapet.
Fishermen who moor above the bridge complained that no warning had reached them in time.
The clerk answered that the siren had sounded twice and that the posters had hung for a week.
An inspector from the ministry will walk the whole dyke next month and write down what she finds.
Until her report is printed the upper gate stays closed to barges of more than twenty tons.
Old maps show that the channel was once far wider and bent to the north behind the chapel.
It was straightened after the great frost, when ice had carried away both mills and half the mole.
Since that time every generation has added a course of stone, and every flood has taken one off.
The schoolchildren have planted willows along the bank, whose roots are meant to hold the earth.
Gardeners doubt whether such young trees can withstand a second winter of that kind.
The ferry runs again from Thursday, though only by daylight and with half its usual crew.
Merchants hope that the market can be held on the green as soon as the mud has been cleared.
A comet that stood over the town that week was taken by some for a sign and by others for a lantern.
The astronomer at the grammar school explained that it returns every seventy years or so.
Letters in the town archive mention it three times, always together with high water.
She warned, however, that nobody should read a cause into what is merely a coincidence.
The mayor thanked the volunteers and asked them to hand back the borrowed spades by Sunday.
Insurance covers the cellar of the library but neither the books nor the new heating.
Most volumes were carried upstairs in a chain of hands that reached across the street.
Only the bound newspapers of two decades are lost, and of those a copy exists in the capital.
The printer has offered to bind the copies again without charge if the paper can be found.
A concert for the benefit of the pump house will be given in the customs shed on Saturday.
"""
SCRIBAL = """
In the third year of the long drought there came to our house a woman who said that she had walked from the sea.
She had with her a staff, a sack of salt and a child that did not speak, and she asked for water and for nothing else.
Then the porter went to the abbot and told him, and the abbot came down and saw that her feet were bare and bleeding.
He asked her whence she came and who her people were, and she answered that the sea had taken them and the sand their graves.
And when the brothers heard this they brought bread and oil, and the oldest of them washed the feet of the child.
On the second day the child rose before the bell and went alone to the dry well that stands behind the orchard wall.
There it laid the staff across the stones, and it seemed to those who followed that the stones were wet in the morning.
Some of them said that it was dew and some that it was a sign, and they disputed until the bell called them to prayer.
The abbot forbade them to speak of it, for many a sign, he said, has ruined a house that no thief could have robbed.
Yet on the fourth day the water stood a hand high in the well, and on the fifth a man could not reach the ground.
The people of the valley came with jars and with skins and with buckets, and no one was sent away without his measure.
And the lord of the upper castle sent his steward, who wrote down the well among the goods on which a tithe is owed.
Then the woman took up her salt and strewed it on the threshold, and said that what is given must not be weighed.
The steward laughed and wrote on, and his ink ran dry, and all the ink in the house was found to be dry that night.
So he rode home without his list, and the lord was angry, but the rain began and his anger went out like a lamp.
It rained for nine days upon the hills and upon the fields, and the river that had been a road became a river again.
On the tenth day the woman and the child were gone, and the staff was gone, but the sack of salt stood in the kitchen.
The cook has used of it every day since then, and it has not grown less, or so the cook will tell whoever asks him.
I have written this as I heard it from the brother who kept the gate, who was a boy when these things came to pass.
If any man doubts it let him come and draw water from the well, and let him ask himself who filled it.
"""


def _sentences(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@dataclass(frozen=True)
class Manner:
    """How a family is copied. `changes`: mean acts per copy (press) or per hundred words (scribe).

    Shares of versions: `lost`, `mixed` from two parents, copied `exact`-ly, damaged by `lacunae`. `sizes`: least and most versions made;
    `lines`: least and most lines of a scribe's text.
    """

    changes: float
    is_scribal: bool = False
    lost: float = 0.2
    mixed: float = 0.08
    exact: float = 0.05
    lacunae: float = 0.0
    sizes: tuple[int, int] = (8, 48)
    lines: tuple[int, int] = (9, 13)


@dataclass
class Family:
    """`parents[v]`: true parents (two where contaminated); `observed`: surviving versions in the order of their making."""

    texts: dict[int, list[str]]
    parents: dict[int, list[int]]
    observed: list[int]


@dataclass(frozen=True)
class Token:
    """A word, and the place in the first version that it goes back to."""

    word: str
    root: int | None = None


SPELLINGS = (("th", "þ"), ("i", "y"), ("y", "i"), ("c", "k"), ("k", "c"), ("ou", "ow"), ("ee", "e"), ("v", "u"), ("s", "ss"), ("ll", "l"),
         ("oo", "o"), ("ea", "e"), ("a", "aa"), ("w", "uu"), ("er", "re"), ("d", "t"))  # fmt: skip

"""Ways in which one sound is written: a scribe's choice says little about what he had before him."""


def respelled(word: str, rng: random.Random) -> str:
    """One of the few ways in which a scribe may spell a word: the same ones come up again and again, in many hands."""
    ways = [word[: word.index(a)] + b + word[word.index(a) + len(a) :] for a, b in SPELLINGS if a in word]
    ways.append(word[:-1] if word.endswith("e") and len(word) > 3 else word + "e")
    return ways[min(int(rng.expovariate(0.9)), len(ways) - 1)]


def misspelled(word: str, rng: random.Random) -> str:
    """A slip of one letter."""
    if len(word) < 4:
        return word
    cut = rng.randrange(1, len(word) - 1)
    return rng.choice(
        [
            word[:cut] + word[cut + 1 :],
            word[:cut] + rng.choice("aeinrst") + word[cut:],
            word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
        ]
    )


def press_copy(tokens: list[Token], root: list[str], vocabulary: Sequence[str], rng: random.Random, n_changes: int) -> list[Token]:
    """One act of copying by the press."""
    words = list(tokens)
    for _ in range(n_changes):
        if len(words) < 20:
            return words
        at, kind = rng.randrange(len(words)), rng.random()
        if kind < 0.22:
            words[at] = Token(misspelled(words[at].word, rng), words[at].root)
        elif kind < 0.56:
            words[at] = Token(rng.choice(vocabulary), words[at].root)
        elif kind < 0.75:
            del words[at : at + rng.randrange(1, 7)]
        elif kind < 0.89:
            words[at:at] = [Token(word) for word in rng.sample(vocabulary, rng.randrange(1, 5))]
        elif kind < 0.96:
            wrong = [at for at, token in enumerate(words) if token.root is not None and token.word != root[token.root]]
            if wrong:
                at = rng.choice(wrong)
                words[at] = Token(root[words[at].root or 0], words[at].root)
        elif len(words) > 80:
            del words[at : at + rng.randrange(10, 25)]
    return words


def scribe_copy(tokens: list[Token], root: list[str], vocabulary: Sequence[str], rng: random.Random, n_changes: int) -> list[Token]:
    """One act of copying by a scribe: spelling first of all, small words, skips of the eye."""
    words = list(tokens)
    habits = rng.sample(["and", "the", "that", "her", "they", "with", "said", "then", "day", "water", "child", "well", "was"], 2)
    for _ in range(n_changes):
        at, kind = rng.randrange(len(words)), rng.random()
        token = words[at]
        if kind < 0.40:
            words[at] = Token(respelled(token.word, rng), token.root)
        elif kind < 0.50:
            same = [place for place, other in enumerate(words) if other.word in habits]
            for place in rng.sample(same, min(len(same), 3)):
                words[place] = Token(respelled(words[place].word, rng), words[place].root)
        elif kind < 0.62:
            words[at] = Token(misspelled(token.word, rng), token.root)
        elif kind < 0.72:
            words[at] = Token(rng.choice(["and", "the", "a", "that", "this", "then", "so", "but", "his", "her", "of", "in"]), token.root)
        elif kind < 0.79:
            words[at] = Token(rng.choice(vocabulary), token.root)
        elif kind < 0.87:
            del words[at]
        elif kind < 0.92:
            words.insert(at, Token(rng.choice(["and", "then", "so", "all", "there", "also", "very"])))
        elif kind < 0.96 and at + 1 < len(words):
            words[at], words[at + 1] = words[at + 1], words[at]
        elif len(words) > 60:
            # The eye goes from a word to where the same word stands again.
            again = next((place for place in range(at + 3, min(len(words), at + 25)) if words[place].word == token.word), None)
            if again is not None:
                del words[at:again]
    return words


def shape(n: int, rng: random.Random) -> list[int]:
    """Parents of versions 1..n-1: chains, bushes, popular copies, or the two or three branches of an edition's stemma."""
    if rng.random() < 0.25:
        branches = rng.randrange(2, 4)
        inner = max(branches + 1, n // 3)
        above = [0] * branches + [rng.randrange(1, version) for version in range(branches + 1, inner)]
        return above + [rng.randrange(1, min(version, inner + 3)) for version in range(len(above) + 1, n)]
    bushiness, children, above = rng.random(), [0] * n, []
    for version in range(1, n):
        if rng.random() < bushiness:
            parent = rng.choices(range(version), [1 + 2 * children[v] for v in range(version)])[0]
        else:
            parent = rng.randrange(max(0, version - 6), version)
        children[parent] += 1
        above.append(parent)
    return above


def spliced(first: list[Token], second: list[Token], rng: random.Random) -> list[Token] | None:
    """`first` with a stretch of a quarter to a half as `second` has it."""
    share = rng.uniform(0.25, 0.5)
    low = rng.randrange(0, max(1, int(len(first) * (1 - share))))
    high = low + int(len(first) * share)
    same = [op for op in align([t.word for t in first], [t.word for t in second]) if op.tag == "equal" and op.left_end > low]
    later = [op for op in same if op.left_start >= high]
    if len(same) < 3 or not later:
        return None
    start, end = same[0], later[0]
    return first[: start.left_start] + second[start.right_start : end.right_start] + first[end.left_start :]


def simulate(rng: random.Random, manner: Manner) -> Family:
    """A family and what survives of it."""
    sentences = _sentences(SCRIBAL) if manner.is_scribal else _sentences(PRESS)
    n = rng.randrange(*manner.sizes)
    if manner.is_scribal:
        n_lines = rng.randrange(*manner.lines)
        start = rng.randrange(0, len(sentences) - n_lines + 1)
        chosen = sentences[start : start + n_lines]
    else:
        chosen = rng.sample(sentences, rng.randrange(8, 24))
    root = [word.strip(".,") if manner.is_scribal else word for word in " ".join(chosen).split()]
    vocabulary = sorted({word.strip(".,").lower() for line in sentences for word in line.split()})
    versions = {0: [Token(word, at) for at, word in enumerate(root)]}
    parents: dict[int, list[int]] = {0: []}
    pace = rng.uniform(0.5, 1.5)
    copy = scribe_copy if manner.is_scribal else press_copy
    for version, parent in enumerate(shape(n, rng), 1):
        words, parents[version] = versions[parent], [parent]
        if version > 3 and rng.random() < manner.mixed:
            other = rng.randrange(version)
            mixed = spliced(words, versions[other], rng) if other != parent and len(versions[other]) > 60 else None
            if mixed is not None:
                words = mixed
                parents[version].append(other)
        mean = manner.changes * pace * (len(words) / 100 if manner.is_scribal else 1)
        n_changes = 0 if rng.random() < manner.exact else 1 + min(int(4 * mean), int(rng.expovariate(1 / mean)))
        versions[version] = copy(words, root, vocabulary, rng, n_changes)
    kept = [v for v in range(n) if (v == 0 and not manner.is_scribal) or rng.random() >= manner.lost]
    if len(kept) > 6 and kept[0] == 0 and rng.random() < manner.lost / 2:
        kept = kept[1:]
    texts = {version: [token.word for token in tokens] for version, tokens in versions.items()}
    for version in kept:
        if rng.random() < manner.lacunae:
            words = texts[version]
            size = int(len(words) * rng.uniform(0.1, 0.6))
            at = rng.choice([0, len(words) - size, rng.randrange(0, len(words) - size)])
            texts[version] = words[:at] + words[at + size :]
    return Family(texts, parents, kept[:40])


MANNERS = {
    "press": Manner(5.0),
    "press, 40 % lost": Manner(5.0, lost=0.4),
    "scribes": Manner(3.0, is_scribal=True, lost=0.25, mixed=0.06, exact=0.0, lacunae=0.15, sizes=(8, 32)),
    "scribes, heavy": Manner(9.0, is_scribal=True, lost=0.35, mixed=0.1, exact=0.0, lacunae=0.3, sizes=(8, 36)),
    "scribes, heavy and long": Manner(9.0, is_scribal=True, lost=0.35, mixed=0.05, exact=0.0, lacunae=0.3, sizes=(20, 60), lines=(18, 21)),
}
"""The heavy scribes change every eleventh word, a third of their copies is lost, and a third of what is left has lost leaves."""


def families(name: str, count: int, seed: int) -> list[Family]:
    """`count` families of six surviving versions or more, copied in one of `MANNERS`."""
    rng = random.Random(f"{name}{seed}")
    found: list[Family] = []
    while len(found) < count:
        family = simulate(rng, MANNERS[name])
        if len(family.observed) >= 6:
            found.append(family)
    return found
