"""The parse of one sentence as plain lists: what the parser hands to this room, so that nothing else knows the parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NO_PAIR = -1
SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class Tree:
    """Tokens of one unit; all lists are parallel, `head`, `children`, `left` and `right` hold token numbers.

    `starts`, `ends`: code points into the page's text. `left`, `right`: first and last token below a token. `pair`: index into
    `Page.outer` of the marks around a token, or `NO_PAIR`. `tags`: Penn Treebank, `links`: ClearNLP labels. `vectors`: what the parser
    made of each token, one row each.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    tags: list[str]
    links: list[str]
    head: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    pair: list[int]
    vectors: NDArray[np.float32] = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.words)

    def is_word(self, token: int) -> bool:
        """Whether a token is more than punctuation."""
        return self.words[token][0].isalnum() or self.words[token] in ("$", "#", "@", "%")


def tree_of(
    starts: list[int],
    words: list[str],
    tags: list[str],
    links: list[str],
    head: list[int],
    marks: Sequence[tuple[int, int, int]],
    vectors: NDArray[np.float32],
) -> Tree:
    """The tree of parallel lists. `marks`: (open, close, index) of the pairs of marks that touch the unit, in order. Linear."""
    n_tokens = len(words)
    children: list[list[int]] = [[] for _ in range(n_tokens)]
    order: list[int] = []
    for token, above in enumerate(head):
        if above == token:
            order.append(token)
        else:
            children[above].append(token)
    for token in order:  # grows while it is read: every token comes after its head
        order.extend(children[token])
    left, right = list(range(n_tokens)), list(range(n_tokens))
    for token in reversed(order):
        above = head[token]
        left[above] = min(left[above], left[token])
        right[above] = max(right[above], right[token])
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    pair = [NO_PAIR] * n_tokens
    token = 0
    for opened, closed, index in marks:
        while token < n_tokens and starts[token] < opened:
            token += 1
        while token < n_tokens and ends[token] <= closed:
            pair[token] = index
            token += 1
    return Tree(starts, ends, words, [word.lower() for word in words], tags, links, head, children, left, right, pair, vectors)
