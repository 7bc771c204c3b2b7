"""Posts into which blocks of other writers were set behind sentences that introduce them in so many words.

Real blocks without a colon mostly have no introduction at all; these show what one looks like. The sentences are in introductions.txt,
every fourth of them held out; seven of ten get a block, the others go on as their author went on.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.quality.posts import HELD_OUT, Paragraph, Post

PER_AUTHOR = 30  # made introductions
SHARE_WITH_BLOCK = 0.7
_SHARE_ALONE = 0.15  # of introductions that are a paragraph of their own
_SHARE_NAMED_BEFORE = 0.6
_GAP = 5  # paragraphs from one made introduction to the next
_NAMES = (
    "Edda Rook", "Josiah Bramm", "Ilse Dornavek", "Tomas Birk", "Maud Ives", "Colm Darragh", "Selma Quist", "Anselm Koury", "Orla Tennant",
    "Hugo Pell", "Nora Vance", "Abel Thorne", "Minna Korth", "Rufus Ware", "Clara Dunmore", "Stellan Moss",
)  # fmt: skip
_BODIES = (
    "Society",
    "Guild",
    "Harbour Board",
    "Tenants Union",
    "Ministry of Works",
    "Northern Relief Agency",
    "Parish Council",
    "Institute",
    "League",
)
_TITLES = ("The Open Gate", "A Year of Salt", "Letters to a Miller", "Against the Clock", "What the River Owes", "The Last Ferry")
_PLACES = ("Ormsby", "Holm", "Tarrow", "Crome", "Whitlow")
_NAMED_BEFORE = (
    "{} lived there for a while.",
    "None of this surprised {}, who had seen worse.",
    "I have been reading {} all winter.",
    "The man to ask was {}.",
    "{} knew the place well.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A post with made introductions: for the index of each introducing paragraph whether a block follows it."""

    post: Post
    introduces: dict[int, bool]


def made_posts(posts: Sequence[Post], seed: int = 5) -> Iterator[Made]:
    """Each post in which there is room, with one or two introductions. Writers held out get sentences and blocks held out."""
    draw = random.Random(seed)
    sentences = _sentences()
    blocks = _blocks(posts, draw)
    n_made: Counter[str] = Counter()
    for post in draw.sample(list(posts), len(posts)):
        kind = (post.language, post.author in HELD_OUT)
        places = _places(post)
        if n_made[post.author] >= PER_AUTHOR or kind not in sentences or kind not in blocks or len(places) < 2 * _GAP:
            continue
        chosen = sorted(draw.sample(places, 2))
        chosen = chosen if chosen[1] - chosen[0] > _GAP else chosen[:1]
        n_made[post.author] += len(chosen)
        yield _made(post, chosen, sentences[kind], blocks[kind], draw)


def _made(post: Post, places: list[int], sentences: list[list[str]], blocks: list[tuple[str, Paragraph]], draw: random.Random) -> Made:
    paragraphs: list[Paragraph] = []
    introduces: dict[int, bool] = {}
    for number, paragraph in enumerate(post.paragraphs):
        if number not in places:
            paragraphs.append(paragraph)
            continue
        sentence = _filled(draw.choice(sentences), post.language, draw)
        if draw.random() < _SHARE_ALONE:
            paragraphs += [paragraph, replace(paragraph, text=sentence)]
        else:
            paragraphs.append(replace(paragraph, text=f"{paragraph.text} {sentence}"))
        introduces[len(paragraphs) - 1] = has_block = draw.random() < SHARE_WITH_BLOCK
        if has_block:
            others = [block for author, block in draw.sample(blocks, min(20, len(blocks))) if author != post.author]
            paragraphs.append(replace(draw.choice(others or [blocks[0][1]]), label=1000 + number))
    return Made(replace(post, paragraphs=paragraphs), introduces)


def _sentences() -> dict[tuple[str, bool], list[list[str]]]:
    rows = [line.split("\t") for line in Path(__file__).with_name("introductions.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    found: dict[tuple[str, bool], list[list[str]]] = {}
    for number, (language, *sentences) in enumerate(rows):
        found.setdefault((language, number % 4 == 3), []).append(sentences)
    return found


def _blocks(posts: Sequence[Post], draw: random.Random) -> dict[tuple[str, bool], list[tuple[str, Paragraph]]]:
    """Paragraphs that were quoted somewhere, and a few of writers' own, by language and side."""
    found: dict[tuple[str, bool], list[tuple[str, Paragraph]]] = {}
    for post in posts:
        for paragraph in post.paragraphs:
            is_apt = paragraph.kind == "text" and 15 <= paragraph.text.count(" ") <= 220 and paragraph.text[0] not in "\"“«„'‘"
            if is_apt and (paragraph.label > 0 or (paragraph.label == 0 and draw.random() < 0.05)):
                found.setdefault((post.language, post.author in HELD_OUT), []).append((post.author, paragraph))
    return found


def _places(post: Post) -> list[int]:
    """Paragraphs of running text that another one follows."""
    own = [paragraph.label == 0 and paragraph.kind == "text" for paragraph in post.paragraphs]
    return [
        at
        for at in range(len(own) - 1)
        if own[at]
        and own[at + 1]
        and post.paragraphs[at].text[-1] in ".!?"
        and post.paragraphs[at].text.count(" ") >= 20
        and post.paragraphs[at + 1].text.count(" ") >= 12
    ]


def _filled(sentences: Sequence[str], language: str, draw: random.Random) -> str:
    name, is_she = draw.choice(_NAMES), draw.random() < 0.5
    title = draw.choice(_TITLES)
    slots = {
        "SURNAME": name.split()[1], "NAME": name, "BODY": draw.choice(_BODIES), "TITLE": f"“{title}”" if draw.random() < 0.5 else title,
        "YEAR": str(draw.randrange(1870, 2020)), "PLACE": draw.choice(_PLACES),
        "HIMSELF": "herself" if is_she else "himself",
        "HIM": "her" if is_she else "him",
        "HIS": "her" if is_she else "his", "HE": "she" if is_she else "he",
    }  # fmt: skip
    is_named = language == "en" and any(slot in sentence for sentence in sentences for slot in ("SURNAME", "HE ", "HIS"))
    before = [draw.choice(_NAMED_BEFORE).format(name)] if is_named and draw.random() < _SHARE_NAMED_BEFORE else []
    filled = list(sentences)
    for slot, value in slots.items():
        filled = [sentence.replace(slot, value) for sentence in filled]
    return " ".join([*before, *(sentence[0].upper() + sentence[1:] for sentence in filled)])
