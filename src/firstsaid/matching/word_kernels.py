"""Compiled loops over code points and words: words and their hashes, shingles, which shingles recur, seeds.

Imported lazily (Numba takes about half a second). The slow obvious forms stand in the tests.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Whole = int | np.signedinteger[Any]

LETTER, SOLO, MARK, JOINER, INVISIBLE = 1, 2, 3, 4, 5
ALPHA, LOWER = 1, 2
"""Bits of the `flags` table: what the line-end hyphen rule of `text` calls a letter, and one that may go on with a broken word."""

LIGHT_BELOW = 0x3100
"""Solo characters below this are letters or syllables (Thai, Lao, Myanmar, Khmer, kana), of which about four make a word; Han characters,
above it, are nearly words. Such light words have signature 0 and count half where an alignment is accepted: else a ministry's name in
Thai is one (among 1,000 texts made of Thai words, 90,000 false alignments instead of 28)."""

SHARED, OVER_CAP, IS_HUB = 1, 2, 4
"""Bits of a place's state: its shingle is in other documents too; in more than the cap; and this place is the hub's. Above them, from
bit `STATE_LEVEL` on, the shingle's level: log2 of how many documents hold it, rounded up, at most `TOP_LEVEL`."""
STATE_LEVEL = 3

HUB_SEED, LEVEL, TOP_LEVEL, LENGTH, TOP_LENGTH = 1, 1, 7, 4, 15
"""A seed's kind: bit 0, a hub's; from bit `LEVEL` on, the level of the shingle (of the rarest of its run, where only the run's first
is given); from bit `LENGTH` on, the words of its run, at most `TOP_LENGTH`, or 0 where they were not counted."""
SHORT_RUN, COMMON_LEVEL = 4, 6
"""A run of so few words says nothing, even beside others, where more than 32 documents hold it: a quarter of all four-word runs."""
LONG_RUN = 20
"""Words: a run as long is no formula, whoever shares it, and its rarest shingle is not looked for."""


@compiled
def hash_step(state: np.uint64, code: np.uint64) -> np.uint64:
    """One code point into a word's hash (multiply and shift; FNV's prime, which mixes low bits well)."""
    state = (state ^ code) * np.uint64(0x100000001B3)
    return state ^ (state >> np.uint64(29))


@compiled
def hash_end(state: np.uint64) -> np.uint64:
    """Spread the last code points over all 64 bits; never 0, which marks words that match nothing."""
    state ^= state >> np.uint64(32)
    state *= np.uint64(0xD6E8FEB86659FD93)
    state ^= state >> np.uint64(32)
    return state if state != np.uint64(0) else np.uint64(1)


@compiled
def healed_until(codes: U32, at: int, low: int, high: int, flags: U8) -> int:
    """Where a line-end hyphen at `at` is healed to (the next half's start), or -1. The rule is that of `text.word_bounds`."""
    if at == low or codes[at - 1] >= len(flags) or not flags[codes[at - 1]] & ALPHA:
        return -1
    i = at + 1
    while i < high and (codes[i] == 32 or codes[i] == 9):
        i += 1
    if i < high and codes[i] == 13:
        i += 1
    if i >= high or codes[i] != 10:
        return -1
    i += 1
    while i < high and (codes[i] == 32 or codes[i] == 9):
        i += 1
    if i < high and codes[i] < len(flags) and flags[codes[i]] & ALPHA and flags[codes[i]] & LOWER:
        return i
    return -1


@compiled
def tokenise(codes: U32, offsets: I64, classes: U8, folds: U32, expansions: U32, flags: U8) -> tuple[U64, U64, U32, U32, I64]:
    """Words of many texts in one buffer: hash, bigram signature, start, end (within their text), and word offsets per text.

    Text `d` is `codes[offsets[d]:offsets[d + 1]]`. Agrees with `text.words` exactly: equal keys have equal hashes.
    Signatures are 0 for light words (`LIGHT_BELOW`).
    """
    n_texts = len(offsets) - 1
    capacity = len(codes)
    hashes = np.empty(capacity, np.uint64)
    signatures = np.empty(capacity, np.uint64)
    starts = np.empty(capacity, np.uint32)
    ends = np.empty(capacity, np.uint32)
    bounds = np.empty(n_texts + 1, np.int64)
    size = len(classes)
    n = 0
    bounds[0] = 0
    for d in range(n_texts):
        low, high = offsets[d], offsets[d + 1]
        before = False
        last_is_solo = False
        is_light = False
        joined_until = low
        state = np.uint64(0)
        signature = np.uint64(0)
        previous = np.uint64(0)
        for i in range(low, high):
            c = codes[i]
            kind = classes[c] if c < size else 0
            inside = LETTER <= kind <= MARK
            if not inside:
                if i < joined_until:
                    inside = True
                elif kind >= JOINER and before and codes[i - 1] < size and 1 <= classes[codes[i - 1]] <= 3:
                    j = i + 1
                    while kind == INVISIBLE and j < high and codes[j] < size and classes[codes[j]] == INVISIBLE:
                        j += 1
                    right = classes[codes[j]] if j < high and codes[j] < size else 0
                    if right == MARK or (right == LETTER and not last_is_solo):
                        joined_until = j
                        inside = True
                if not inside and (c == 0x2D or c == 0x2010 or c == 0xAD):
                    until = healed_until(codes, i, low, high, flags)
                    if until > 0:
                        joined_until = until
                        inside = True
            if inside:
                if not before or kind == SOLO or (last_is_solo and kind == LETTER):
                    if before:
                        hashes[n] = hash_end(state)
                        signatures[n] = np.uint64(0) if is_light else signature
                        ends[n] = i - low
                        n += 1
                    starts[n] = i - low
                    state = np.uint64(0xCBF29CE484222325)
                    signature = np.uint64(0)
                    previous = np.uint64(0)
                    is_light = kind == SOLO and c < LIGHT_BELOW
                if kind < MARK:
                    last_is_solo = kind == SOLO
                if kind != 0:
                    fold = folds[c]
                    if fold & np.uint32(0x80000000):
                        row = expansions[fold & np.uint32(0x7FFFFFFF)]
                        for code in row:
                            if code == 0:
                                break
                            x = np.uint64(code)
                            state = hash_step(state, x)
                            bit = ((previous * np.uint64(31) + x) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(58)
                            signature |= np.uint64(1) << bit
                            previous = x
                    elif fold != 0:
                        x = np.uint64(fold)
                        state = hash_step(state, x)
                        bit = ((previous * np.uint64(31) + x) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(58)
                        signature |= np.uint64(1) << bit
                        previous = x
            elif before:
                hashes[n] = hash_end(state)
                signatures[n] = np.uint64(0) if is_light else signature
                ends[n] = i - low
                n += 1
            before = inside
        if before:
            hashes[n] = hash_end(state)
            signatures[n] = np.uint64(0) if is_light else signature
            ends[n] = high - low
            n += 1
        bounds[d + 1] = n
    return hashes[:n].copy(), signatures[:n].copy(), starts[:n].copy(), ends[:n].copy(), bounds


@compiled
def shingles(words: U64, bounds: I64, width: int) -> U64:
    """The hash of the `width` words from each place; 0 where there are too few, one matches nothing, or all are the same word."""
    out = np.zeros(len(words), np.uint64)
    for d in range(len(bounds) - 1):
        for i in range(bounds[d], bounds[d + 1] - width + 1):
            x = np.uint64(0x243F6A8885A308D3)
            usable = False
            for j in range(i, i + width):
                if words[j] == np.uint64(0):
                    usable = False
                    break
                usable |= words[j] != words[i]
                x = (x ^ words[j]) * np.uint64(0x9E3779B97F4A7C15)
                x ^= x >> np.uint64(29)
            if usable:
                out[i] = x | np.uint64(1)
    return out


@compiled
def recurring(hashes: U64, bits: int, skipped: int = 0) -> U32:
    """Places whose hash, as far as a bitmap of `2**bits` bits can tell, stands at another place too (some that do not get in).

    `skipped`: highest bits that all hashes have in common, or that tell nothing.
    """
    size = (np.uint64(1) << np.uint64(bits)) >> np.uint64(3)
    once = np.zeros(size, np.uint8)
    twice = np.zeros(size, np.uint8)
    shift, skipped_bits = np.uint64(64 - bits), np.uint64(skipped)
    for h in hashes:
        if h != np.uint64(0):
            slot = (h << skipped_bits) >> shift
            byte, mask = slot >> np.uint64(3), np.uint8(1 << (slot & np.uint64(7)))
            if once[byte] & mask:
                twice[byte] |= mask
            else:
                once[byte] |= mask
    n = 0
    for h in hashes:
        if h != np.uint64(0):
            slot = (h << skipped_bits) >> shift
            n += (twice[slot >> np.uint64(3)] >> np.uint8(slot & np.uint64(7))) & 1
    places = np.empty(n, np.uint32)
    n = 0
    for i in range(len(hashes)):
        h = hashes[i]
        if h != np.uint64(0):
            slot = (h << skipped_bits) >> shift
            if (twice[slot >> np.uint64(3)] >> np.uint8(slot & np.uint64(7))) & 1:
                places[n] = i
                n += 1
    return places


@compiled
def group_states(hashes: U64, places: U32, owners: U32, ranks: I64, cap: int, state: U8) -> None:
    """Mark each place that opens seeds: shared, over the cap, the hub's, its level.

    `hashes` are sorted, ties by place. Only the first place of a shingle in each document counts: repetition inside one document
    is not reuse. `ranks` order the documents by date, then id.
    """
    n = len(hashes)
    i = 0
    while i < n:
        j = i
        count = 0
        hub = i
        while j < n and hashes[j] == hashes[i]:
            if j == i or owners[j] != owners[j - 1]:
                count += 1
                if ranks[owners[j]] < ranks[owners[hub]]:
                    hub = j
            j += 1
        if count > 1:
            level = 1
            while level < TOP_LEVEL and (1 << level) < count:
                level += 1
            value = np.uint8(SHARED | (level << STATE_LEVEL))
            if count > cap:
                value = np.uint8(SHARED | OVER_CAP | (TOP_LEVEL << STATE_LEVEL))
            for x in range(i, j):
                if x == i or owners[x] != owners[x - 1]:
                    state[places[x]] = value
            if count > cap:
                state[places[hub]] |= np.uint8(IS_HUB)
        i = j


@compiled
def is_nested(captures: I64, spans: I64, left: int, right: int) -> bool:
    """Whether two documents overlap in one capture (`captures` equal and not negative): they hold the same words, not a copy."""
    is_same = captures[left] >= 0 and captures[left] == captures[right]
    return bool(is_same and spans[left, 0] < spans[right, 1] and spans[right, 0] < spans[left, 1])


@compiled
def is_seed(state: np.uint8, other: np.uint8) -> bool:
    """Whether two places that hold the same shingle, as their states tell, are paired."""
    if state == 0 or other == 0:
        return False
    return bool((state & np.uint8(OVER_CAP)) == 0 or ((state | other) & np.uint8(IS_HUB)) != 0)


@compiled
def is_common(level: Whole, length: Whole) -> bool:
    """Whether an exact run is too short for how many documents hold it."""
    return bool(length <= SHORT_RUN and level >= COMMON_LEVEL)


@compiled
def kind_of_run(words: U64, state: U8, width: int, a: int, b: int, a_low: int, a_high: int, b_low: int, b_high: int) -> Whole:
    """Level and length of the exact run through a seed that is its first, as a seed's kind."""
    start = 0
    while start < LONG_RUN and a - start > a_low and b - start > b_low and words[a - start - 1] == words[b - start - 1]:
        if words[a - start - 1] == np.uint64(0):
            break
        start += 1
    end, level = 0, np.int64(TOP_LEVEL)
    while start + end < LONG_RUN and a + end < a_high and b + end < b_high and words[a + end] == words[b + end]:
        if words[a + end] == np.uint64(0):
            break
        end += 1
        i = end - width
        if i >= 0 and is_seed(state[a + i], state[b + i]):
            level = min(level, np.int64(state[a + i] >> np.uint8(STATE_LEVEL)))
    return (level << LEVEL) | (min(start + end, TOP_LENGTH) << LENGTH)


@compiled
def most_pairs(hashes: U64, places: U32, owners: U32, state: U8) -> int:
    """How many pairs the sorted shingles give at most."""
    total = 0
    i = 0
    while i < len(hashes):
        j = i
        m = 0
        while j < len(hashes) and hashes[j] == hashes[i]:
            m += j == i or owners[j] != owners[j - 1]
            j += 1
        total += m - 1 if (state[places[i]] & np.uint8(OVER_CAP)) != 0 else m * (m - 1) // 2
        i = j
    return total


@compiled
def seeds(
    hashes: U64, places: U32, owners: U32, words: U64, state: U8, bounds: I64, captures: I64, spans: I64, width: int, all_of_run: bool
) -> tuple[U64, U32, U32, U8]:
    """Pairs of places that hold the same shingle in two documents: pair key (left << 32 | right), left place, right place, kind.

    Of an exact run that `seeds` covers shingle by shingle only the first is given, and none of a run of one shingle that is common,
    unless `all_of_run`. Documents that overlap in one capture (`captures` equal and not negative, `spans` overlapping) are not paired.
    """
    n = len(hashes)
    # Room for all of them; what is never written to takes no memory.
    most = most_pairs(hashes, places, owners, state)
    keys = np.empty(most, np.uint64)
    lefts = np.empty(most, np.uint32)
    rights = np.empty(most, np.uint32)
    kinds = np.empty(most, np.uint8)
    firsts = np.empty(n, np.int64)
    total = 0
    i = 0
    while i < n:
        j = i
        m = 0
        hub = -1
        while j < n and hashes[j] == hashes[i]:
            if j == i or owners[j] != owners[j - 1]:
                if state[places[j]] & np.uint8(IS_HUB):
                    hub = m
                firsts[m] = j
                m += 1
            j += 1
        if m > 1:
            over = (state[places[i]] & np.uint8(OVER_CAP)) != 0
            for x in range(m):
                if over and x != hub:
                    continue
                for y in range(0 if over else x + 1, m):
                    if y == x:
                        continue
                    a, b = places[firsts[x]], places[firsts[y]]
                    left, right = owners[firsts[x]], owners[firsts[y]]
                    if is_nested(captures, spans, left, right):
                        continue
                    if (
                        not all_of_run
                        and (a > bounds[left] and b > bounds[right] and words[a - 1] == words[b - 1])
                        and is_seed(state[a - 1], state[b - 1])
                        # A hub's seed is known from another hub's only: from it the run learns that it is one.
                        and (not over or (state[a - 1] & np.uint8(IS_HUB)) != 0)
                    ):
                        continue
                    if right < left:
                        left, right = right, left
                        a, b = b, a
                    kind: Whole = np.int64(state[a] >> np.uint8(STATE_LEVEL)) << LEVEL
                    if not all_of_run:
                        left_end, right_end = bounds[left + 1], bounds[right + 1]
                        kind = kind_of_run(words, state, width, a, b, bounds[left], left_end, bounds[right], right_end)
                        if kind >> LENGTH == width and is_common((kind >> LEVEL) & TOP_LEVEL, width):
                            continue
                    keys[total] = (np.uint64(left) << np.uint64(32)) | np.uint64(right)
                    lefts[total] = a
                    rights[total] = b
                    kinds[total] = kind | (HUB_SEED if over else 0)
                    total += 1
        i = j
    return keys[:total].copy(), lefts[:total].copy(), rights[:total].copy(), kinds[:total].copy()
