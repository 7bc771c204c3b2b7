"""Retrain what finds block quotations without layout: python -m benchmarks.quality.train_blocks FOLDER [OUT.json]

FOLDER holds git snapshots of the public repositories that `posts.py` names (OWNER+NAME/repo); news without blocks comes from the folder
that FIRSTSAID_DATA names. Logistic regressions with a ridge penalty, by Newton's method. Fits on some authors, writes, prints figures
on the others, who never enter the weights.

"begins" is asked behind a colon. Behind a full sentence three are asked: "introduces" of the sentence, "sounds another" of what follows it,
"quiet" of both together; since next to no real block without a colon is introduced in so many words, made ones are added
(`made_introductions.py`).
"""

from __future__ import annotations

import json
import random
import sys
import tarfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benchmarks.quality.external import json_lines
from benchmarks.quality.field import external_set
from benchmarks.quality.made_introductions import made_posts
from benchmarks.quality.posts import HELD_OUT, MASKED, Post, posts
from firstsaid.parsing.blocks.block_model import (
    MIN_CHANCE,
    MIN_GOING_ON,
    MIN_INTRODUCING,
    MIN_QUIET_CHANCE,
    both,
    chance_of,
    weight_of,
)
from firstsaid.parsing.blocks.block_signs import beginning, capitalised, introducing, signs_of_page, sounding
from firstsaid.parsing.blocks.blocks import find_blocks, may_be_quoted
from firstsaid.parsing.blocks.introductions import has_colon, introduction_of
from firstsaid.parsing.blocks.manners import manners_of
from firstsaid.parsing.blocks.returning_voice import signs_of
from firstsaid.parsing.lexicon import cues
from firstsaid.parsing.structure import take_apart

OUT = Path(__file__).resolve().parents[2] / "src/firstsaid/parsing/blocks/weights.json"
WITH_BLOCKS, WITHOUT_BLOCKS = 100, 25  # posts of one author and language at most
PER_AUTHOR = 400  # rows; authors with more weigh as the square root
# 3 to 30 change the log loss on authors held out by less than .01.
RIDGE = {"begins": 8.0, "goes on": 4.0, "introduces": 8.0, "sounds another": 8.0, "quiet": 1.0}
QUIET_SHARE = 5  # of the paragraphs without a block behind full sentences one in so many is kept, and counts for all of them
MADE_WEIGHT = 0.5  # of a made introduction
MIN_WRITERS = 5  # of those to learn from, in whose introductions a small word must stand to be a sign
NAMES = frozenset(["a john"])  # the only name that opened paragraphs of so many writers; no name is a sign
MIN_ROWS = 8  # the same for introductions of any kind
MIN_WEIGHT = 0.02  # nats; smaller ones move no decision


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: the author, the right answer, the signs, the block it belongs to, what the row weighs.

    `sounds`: behind a full sentence the signs of what follows it, apart.
    """

    author: str
    answer: bool
    signs: dict[str, float]
    block: int
    weight: float = 1.0
    sounds: dict[str, float] = field(default_factory=dict)


def chosen(folder):
    """Posts of every author, seeded; no author gives more than `WITH_BLOCKS` and `WITHOUT_BLOCKS` of one language."""
    by_author, seen = {}, set()
    for post in posts(folder):
        opening = (post.author, "".join(paragraph.text for paragraph in post.paragraphs)[:300])
        if opening in seen:
            continue  # some were stored twice
        seen.add(opening)
        by_author.setdefault((post.author, post.language), ([], []))[not post.has_blocks].append(post)
    draw = random.Random(11)
    found = []
    for key in sorted(by_author):
        quoting, plain = by_author[key]
        plain = [post for post in plain if all(paragraph.label != MASKED for paragraph in post.paragraphs)]
        draw.shuffle(quoting)
        draw.shuffle(plain)
        found += quoting[:WITH_BLOCKS] + plain[:WITHOUT_BLOCKS]
    return found


def news(part):
    """The texts of news articles, which have next to no blocks: part 0 to learn from, part 1 held out."""
    folder = external_set("quotations", "train")
    with tarfile.open(folder / "text.tar.gz") as archive:
        names = sorted((item for item in archive if item.isfile()), key=lambda item: item.name)
        texts = [archive.extractfile(item).read().decode("utf-8") for item in names[part::4]]
    texts += [row["text"] for row in list(json_lines(external_set("corpora") / "wikinews.jsonl"))[part:600:4]]
    return texts


def page_of(post: Post):
    """The bare page of a post with the label of each of its paragraphs."""
    text, spans = "", []
    for paragraph in post.paragraphs:
        text += "\n\n" if text else ""
        spans.append((len(text), paragraph.label))
        text += paragraph.text
    page = take_apart(text, (), post.language)
    labels, at = [], 0
    for start, _ in page.paragraphs:
        while at + 1 < len(spans) and spans[at + 1][0] <= start:
            at += 1
        labels.append(spans[at][1])
    return page, labels


def rows_of(page, labels, author, number, draw=None, only=None):
    """The decisions of a page: behind each colon and sentence whether a block begins; behind a block's paragraphs whether it goes on.

    `draw`: chooses among the sentences without a block; without it none is left out. `only`: the made introductions, if it has them.
    """
    known = cues(page.language) if page.language else {}
    manners = manners_of(page)
    about = signs_of_page(page)
    unit_of = {paragraph: unit for unit, paragraph in enumerate(page.paragraph_of_unit)}
    begins, goes_on, quiet = [], [], []
    for index in range(len(page.paragraphs) - 1) if only is None else only:
        unit, answer = unit_of.get(index), labels[index + 1] > 0
        start, end = page.paragraphs[index + 1]
        is_open = labels[index] == 0 and labels[index + 1] != MASKED and unit is not None
        if not is_open or page.text[start] in "\"“„«‘'「»" or not may_be_quoted(page.text, start, end):
            continue
        if not has_colon(page, unit):
            weight = 1.0 if only is None else MADE_WEIGHT
            if draw is not None and not answer:
                weight *= QUIET_SHARE
                if draw.random() * QUIET_SHARE >= 1:
                    continue
            sentence = about | introducing(page, known, index, unit)
            quiet.append(Row(author, answer, sentence, number, weight, sounding(page, known, manners, index, unit)))
        elif (introduction := introduction_of(page, known, unit, False)) is not None:
            signs = about | beginning(page, known, manners, index, unit, introduction)
            begins.append(Row(author, answer, signs, number))
        if only is not None:
            continue
        names = capitalised(page, *page.units[unit])
        for later in range(index + 2, min(len(labels), index + 13) if answer else 0):
            if labels[later] == MASKED:
                break
            is_block = labels[later] == labels[index + 1]
            goes_on.append(Row(author, is_block, signs_of(page, known, manners, index, later, names), number + index))
            if not is_block:
                break
    return begins, goes_on, quiet


def with_known_words(rows, to_learn_from, whatever=False):
    """The rows without the small words ("w writes") that too few writers have where the answer is yes, or with `whatever` answer."""
    writers, n_rows = {}, Counter()
    for row in to_learn_from:
        for sign in row.signs.keys() | row.sounds.keys():
            if sign[1:2] == " ":
                n_rows[sign] += 1
                if row.answer or whatever:
                    writers.setdefault(sign, set()).add(row.author)
    kept = {
        sign
        for sign, authors in writers.items()
        if len(authors) >= MIN_WRITERS and n_rows[sign] >= MIN_ROWS and sign[2:].replace(" ", "").isalpha() and sign not in NAMES
    }

    def of_these(signs):
        return {sign: value for sign, value in signs.items() if sign[1:2] != " " or sign in kept}

    return [replace(row, signs=of_these(row.signs), sounds=of_these(row.sounds)) for row in rows]


def fitted(rows, ridge):
    """Weights by sign; "" is the bias."""
    names = sorted({name for row in rows for name in row.signs})
    place = {name: at for at, name in enumerate(names)}
    design = np.zeros((len(rows), len(names) + 1))
    design[:, -1] = 1
    for at, row in enumerate(rows):
        for name, value in row.signs.items():
            design[at, place[name]] = value
    answers = np.array([row.answer for row in rows], float)
    n_rows = Counter(row.author for row in rows)
    shares = np.array([row.weight * min(1.0, (PER_AUTHOR / n_rows[row.author]) ** 0.5) for row in rows])
    penalty = np.append(np.full(len(names), ridge), 1e-6)
    weights = np.zeros(len(names) + 1)
    for _ in range(30):
        chances = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (shares * (chances - answers)) + penalty * weights
        curvature = (design * (shares * chances * (1 - chances))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curvature, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    kept = {name: round(float(value), 3) for name, value in zip(names, weights, strict=False) if abs(value) >= MIN_WEIGHT}
    return {"": round(float(weights[-1]), 3)} | kept


def joined(rows, learned):
    """The rows of full sentences with the signs that "quiet" is asked on."""
    return [
        replace(row, signs=both(weight_of(learned["introduces"], row.signs), weight_of(learned["sounds another"], row.sounds)))
        for row in rows
    ]


def report(begins, goes_on, weights):
    """Prints what the weights do on rows of authors that they were not fitted on."""
    chances = [(chance_of(weights["begins"], row.signs), row.answer) for row in begins]
    taken = [answer for value, answer in chances if value >= MIN_CHANCE]
    everything = sum(answer for _, answer in chances)
    right = sum(taken)
    print(f"behind {len(chances)} colons: precision {right / len(taken):.3f}, recall {right / everything:.3f} of {everything}")
    for low in (0.2, 0.4, 0.6, 0.8):
        share = [answer for value, answer in chances if low <= value < low + 0.2]
        print(f"  chance {low:.1f}-{low + 0.2:.1f}: {sum(share) / max(1, len(share)):.2f} of {len(share)}")
    blocks: dict[int, list[bool]] = {}
    for row in goes_on:
        blocks.setdefault(row.block, []).append((chance_of(weights["goes on"], row.signs) >= MIN_GOING_ON) == row.answer)
    print(f"ends exact, given the beginning: {sum(map(all, blocks.values())) / len(blocks):.3f} of {len(blocks)}")


def report_quiet(quiet, made, weights):
    """Prints the same behind full sentences; `made`: rows of made introductions with sentences held out."""
    for threshold in (MIN_QUIET_CHANCE - 0.2, MIN_QUIET_CHANCE - 0.1, MIN_QUIET_CHANCE, MIN_QUIET_CHANCE + 0.1):
        n = Counter()
        for name, rows in (("real", quiet), ("made", made)):
            for row in joined(rows, weights):
                passes = weight_of({"": 0.0, "introduces": 1.0}, row.signs) >= MIN_INTRODUCING + 3
                n[name, row.answer] += row.weight
                n[name, row.answer, "taken"] += row.weight * (passes and chance_of(weights["quiet"], row.signs) >= threshold)
        print(
            f"behind full sentences, from {threshold:.2f}: {1000 * n['real', False, 'taken'] / n['real', False]:.1f} false in 1,000; "
            f"found of real {n['real', True, 'taken'] / n['real', True]:.3f}, of made {n['made', True, 'taken'] / n['made', True]:.3f}; "
            f"taken of made without a block {n['made', False, 'taken'] / n['made', False]:.3f}"
        )


def end_to_end(held):
    """Prints how whole posts of the authors held out fare."""
    n = Counter()
    for post in held:
        page, labels = page_of(post)
        starts = {page.paragraphs[at][0]: at for at in range(1, len(labels)) if labels[at] > 0 and labels[at] != labels[at - 1]}
        starts = {start: at for start, at in starts.items() if page.text[start] not in "\"“„«‘'»"}
        behind_colon = {start for start in starts if page.text[:start].rstrip(" \n—–-")[-1:] == ":"}
        found = {block.pieces[0][0]: block for block in find_blocks(page, cues(page.language) if page.language else {})}
        n["blocks"] += len(starts)
        n["colon"] += len(behind_colon)
        n["found"] += len(starts.keys() & found.keys())
        n["colon found"] += len(behind_colon & found.keys())
        for start, block in found.items():
            at = page.paragraph_at(start)
            n["given"] += labels[at] != MASKED
            n["right"] += labels[at] > 0
            if start in starts:
                last = at
                while last + 1 < len(labels) and labels[last + 1] == labels[at]:
                    last += 1
                n["end"] += abs(block.pieces[-1][1] - page.paragraphs[last][1]) <= 4
        if not post.has_blocks:
            n["plain paragraphs"] += len(labels)
            n["false"] += len(found)
    silent = n["blocks"] - n["colon"]
    print(
        f"whole posts: precision {n['right'] / n['given']:.3f}; found behind a colon {n['colon found'] / n['colon']:.3f} of {n['colon']}, "
        f"without {(n['found'] - n['colon found']) / silent:.3f} of {silent}; end exact {n['end'] / n['found']:.3f}; "
        f"{1000 * n['false'] / n['plain paragraphs']:.1f} false per 1,000 paragraphs of posts without blocks"
    )


def end_to_end_in_news():
    """Prints how many blocks are found in news."""
    n_paragraphs = n_found = 0
    for text in news(1):
        page = take_apart(text, (), "en")
        n_paragraphs += len(page.paragraphs)
        n_found += len(find_blocks(page, cues("en")))
    print(f"news: {n_found} blocks in {n_paragraphs} paragraphs")


def main(folder, out=OUT):
    """Fits, reports, writes."""
    rows = {"begins": [], "goes on": [], "quiet": []}
    draw = random.Random(3)
    everything = chosen(Path(folder))
    for number, post in enumerate(everything):
        page, labels = page_of(post)
        for all_rows, more in zip(rows.values(), rows_of(page, labels, post.author, 1000 * number, draw), strict=True):
            all_rows += more
    for text in news(0):
        page = take_apart(text, (), "en")
        rows["begins"] += rows_of(page, [0] * len(page.paragraphs), "news", 0)[0]
    made = []
    for item in made_posts(everything):
        page, labels = page_of(item.post)
        if len(labels) == len(item.post.paragraphs):  # a paragraph of the post may be two of the page
            made += rows_of(page, labels, item.post.author, 0, only=item.introduces)[2]
    print(*(f"{name}: {len(all_rows)} rows, {sum(row.answer for row in all_rows)} yes" for name, all_rows in rows.items()), sep="\n")
    print(f"made: {len(made)} rows, {sum(row.answer for row in made)} yes")
    held = {}
    for name, all_rows in rows.items():
        to_learn_from = [row for row in all_rows if row.author not in HELD_OUT]
        held[name] = [row for row in all_rows if row.author in HELD_OUT]
        rows[name] = with_known_words(to_learn_from, to_learn_from, whatever=name == "goes on")
    learned = {name: fitted(rows[name], RIDGE[name]) for name in ("begins", "goes on")}
    quiet = [*rows["quiet"], *with_known_words([row for row in made if row.author not in HELD_OUT], rows["quiet"])]
    learned["introduces"] = fitted(quiet, RIDGE["introduces"])
    learned["sounds another"] = fitted([replace(row, signs=row.sounds) for row in quiet], RIDGE["sounds another"])
    learned["quiet"] = fitted(joined(quiet, learned), RIDGE["quiet"])
    report(held["begins"], held["goes on"], learned)
    report_quiet(held["quiet"], [row for row in made if row.author in HELD_OUT], learned)
    Path(out).write_text(json.dumps({"weights": learned}, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    end_to_end([post for post in everything if post.author in HELD_OUT])
    end_to_end_in_news()


if __name__ == "__main__":
    main(*sys.argv[1:])
