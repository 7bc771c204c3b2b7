"""Retrain what finds block quotations without layout: python -m benchmarks.quality.train_blocks FOLDER [OUT.json]

FOLDER holds git snapshots of the public repositories that `posts.py` names (OWNER+NAME/repo); news without blocks comes from the folder
that FIRSTSAID_DATA names. Two logistic regressions with a ridge penalty, by Newton's method. Fits on some authors, writes, prints figures
on the others, who never enter the weights.
"""

from __future__ import annotations

import json
import random
import sys
import tarfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.quality.external import json_lines
from benchmarks.quality.field import external_set
from benchmarks.quality.posts import HELD_OUT, MASKED, Post, posts
from firstsaid.parsing.blocks.block_model import MIN_CHANCE, MIN_GOING_ON, chance_of
from firstsaid.parsing.blocks.block_signs import beginning, capitalised, signs_of_page
from firstsaid.parsing.blocks.blocks import find_blocks, may_be_quoted
from firstsaid.parsing.blocks.introductions import has_colon, introduction_of
from firstsaid.parsing.blocks.manners import manners_of
from firstsaid.parsing.blocks.returning_voice import signs_of
from firstsaid.parsing.lexicon import cues
from firstsaid.parsing.structure import take_apart

OUT = Path(__file__).resolve().parents[2] / "src/firstsaid/parsing/blocks/weights.json"
WITH_BLOCKS, WITHOUT_BLOCKS = 150, 25  # posts of one author and language at most
PER_AUTHOR = 400  # rows; authors with more weigh as the square root
RIDGE = {"begins": 8.0, "goes on": 4.0}  # 3 to 30 change the log loss on authors held out by less than .01
MIN_WEIGHT = 0.02  # nats; smaller ones move no decision


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: the author, the right answer, the signs, the block it belongs to."""

    author: str
    answer: bool
    signs: dict[str, float]
    block: int


def chosen(folder):
    """Posts of every author, seeded; no author gives more than `WITH_BLOCKS` and `WITHOUT_BLOCKS` of one language."""
    by_author = {}
    for post in posts(folder):
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


def rows_of(page, labels, author, number):
    """The decisions of a page: behind each colon whether a block begins; behind each block's paragraph whether it goes on."""
    known = cues(page.language) if page.language else {}
    manners = manners_of(page)
    about = signs_of_page(page, manners)
    unit_of = {paragraph: unit for unit, paragraph in enumerate(page.paragraph_of_unit)}
    begins, goes_on = [], []
    for index in range(len(page.paragraphs) - 1):
        unit, answer = unit_of.get(index), labels[index + 1] > 0
        start, end = page.paragraphs[index + 1]
        is_open = labels[index] == 0 and labels[index + 1] != MASKED and unit is not None
        if not is_open or page.text[start] in "\"“„«‘'「»" or not may_be_quoted(page.text, start, end):
            continue
        introduction = introduction_of(page, known, unit, False)
        if has_colon(page, unit) and introduction is not None:
            signs = about | beginning(page, known, manners, index, unit, introduction)
            begins.append(Row(author, answer, signs, number))
        names = capitalised(page, *page.units[unit])
        for later in range(index + 2, min(len(labels), index + 13) if answer else 0):
            if labels[later] == MASKED:
                break
            is_block = labels[later] == labels[index + 1]
            goes_on.append(Row(author, is_block, signs_of(page, known, manners, index, later, names), number + index))
            if not is_block:
                break
    return begins, goes_on


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
    shares = np.array([min(1.0, (PER_AUTHOR / n_rows[row.author]) ** 0.5) for row in rows])
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
    begins, goes_on, held = [], [], []
    for number, post in enumerate(chosen(Path(folder))):
        page, labels = page_of(post)
        is_held = post.author in HELD_OUT
        held += [post] if is_held else []
        for rows, more in zip((begins, goes_on), rows_of(page, labels, post.author, 1000 * number), strict=True):
            rows += more
    for text in news(0):
        page = take_apart(text, (), "en")
        begins += rows_of(page, [0] * len(page.paragraphs), "news", 0)[0]
    rows = {"begins": begins, "goes on": goes_on}
    print(*(f"{name}: {len(all_rows)} rows, {sum(row.answer for row in all_rows)} yes" for name, all_rows in rows.items()), sep="\n")
    learned = {name: fitted([row for row in all_rows if row.author not in HELD_OUT], RIDGE[name]) for name, all_rows in rows.items()}
    report(*([row for row in all_rows if row.author in HELD_OUT] for all_rows in rows.values()), learned)
    Path(out).write_text(json.dumps({"weights": learned}, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    end_to_end(held)
    end_to_end_in_news()


if __name__ == "__main__":
    main(*sys.argv[1:])
