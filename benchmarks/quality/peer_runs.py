"""One peer over one file of texts: `PYTHON peer_runs.py PEER DOCS.jsonl PAIRS.jsonl`.

Run by `peers` with the interpreter that has the peer; needs nothing of this project. It writes rows of `left_id, left_start, left_end,
right_id, right_start, right_end` (code points). Each peer runs with its defaults, unless said at its function.
"""

import contextlib
import io
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

WINDOW_WORDS, STEP_WORDS = 40, 20
"""MinHash compares whole texts: to find passages it is given windows. Half the shortest passages fill half such a window."""
WINDOW_THRESHOLD, PERMUTATIONS = 0.3, 64
"""Similarity of two windows that count as one text: the best of .4 (plagdet .452), .3 (.562) and .2 (.277) on reuse/c1k."""


def _texts(path):
    with Path(path).open(encoding="utf-8") as lines:
        return [(row["id"], row["text"]) for row in map(json.loads, lines)]


def _windows(docs):
    """Each window of words as (document, start, end), with its three-word shingles in order."""
    for name, text in _texts(docs):
        words = [(found.start(), found.end(), found.group().lower()) for found in re.finditer(r"\w+", text)]
        for at in range(0, max(1, len(words) - STEP_WORDS), STEP_WORDS):
            inside = words[at : at + WINDOW_WORDS]
            shingles = {" ".join(word for _, _, word in inside[i : i + 3]) for i in range(len(inside) - 2)}
            if len(shingles) > 2:
                yield (name, inside[0][0], inside[-1][1]), sorted(shingles)


def _passages(pairs):
    """Pairs of windows that lie side by side in both documents as one passage."""
    found = {}
    for window, other in pairs:
        if window[0] < other[0]:
            found.setdefault((window[0], other[0]), set()).add((*window[1:], *other[1:]))
    for (left, right), spans in sorted(found.items()):
        merged = []
        for a0, a1, b0, b1 in sorted(spans):
            if merged and a0 <= merged[-1][1] and b0 <= merged[-1][3] and b1 >= merged[-1][2]:
                merged[-1] = [merged[-1][0], max(a1, merged[-1][1]), min(b0, merged[-1][2]), max(b1, merged[-1][3])]
            else:
                merged.append([a0, a1, b0, b1])
        yield from ((left, a0, a1, right, b0, b1) for a0, a1, b0, b1 in merged)


def datasketch(docs, _scratch):
    """MinHash with locality-sensitive hashing over windows of words."""
    peer = import_module("datasketch")
    index = peer.MinHashLSH(threshold=WINDOW_THRESHOLD, num_perm=PERMUTATIONS)
    windows = {}
    for window, shingles in _windows(docs):
        sketch = peer.MinHash(PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles])
        windows[window] = sketch
        index.insert(window, sketch, check_duplication=False)
    return _passages((window, other) for window, sketch in windows.items() for other in index.query(sketch))


def rensa(docs, _scratch):
    """The same, written in Rust; what its index offers is compared once more, since the index has no threshold of its own."""
    peer = import_module("rensa")
    index = peer.RMinHashLSH(threshold=WINDOW_THRESHOLD, num_perm=PERMUTATIONS, num_bands=PERMUTATIONS // 2)
    windows, sketches = [], []
    for window, shingles in _windows(docs):
        sketch = peer.RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(shingles)
        index.insert(len(windows), sketch)
        windows.append(window)
        sketches.append(sketch)
    return _passages(
        (window, windows[other])
        for window, sketch in zip(windows, sketches, strict=True)
        for other in index.query(sketch)
        if sketch.jaccard(sketches[other]) >= WINDOW_THRESHOLD
    )


def quid(docs, _scratch):
    """Every text against every other one: the tool is made to look for quotations of one text in another."""
    compare = import_module("quid.core.Quid").Quid(include_text_in_result=False).compare
    for (left, left_text), (right, right_text) in itertools.combinations(sorted(_texts(docs)), 2):
        for match in compare(left_text, right_text):
            yield left, match.source_span.start, match.source_span.end, right, match.target_span.start, match.target_span.end


def text_matcher(docs, _scratch):
    """Every text against every other one; stop words are kept, since the list to leave out is a download."""
    peer = import_module("text_matcher.matcher")
    texts = [(name, peer.Text(text, name, removeStopwords=False)) for name, text in sorted(_texts(docs))]
    for (left, left_text), (right, right_text) in itertools.combinations(texts, 2):
        with contextlib.redirect_stdout(io.StringIO()):
            _, left_places, right_places = peer.Matcher(left_text, right_text, removeStopwords=False).match()
        for (a0, a1), (b0, b1) in zip(left_places, right_places, strict=True):
            yield left, a0, a1, right, b0, b1


def passim(docs, scratch):
    """Pairwise alignments of all documents. Its families need a jar that Spark would fetch, so they are not made."""
    program, out = Path(scratch, "program.py"), Path(scratch, "out")
    program.write_text("import sys, passim\npassim.main(sys.argv[1:])\n", "utf-8")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    # Through spark-submit, so that the machine it starts is a child that is waited for.
    submit = Path(sys.executable).with_name("spark-submit")
    subprocess.run([submit, program, "--all-pairs", "--pairwise", docs, out], check=False, env=environment)
    for part in sorted((out / "align.json").glob("part-*.json")):
        for row in map(json.loads, part.read_text("utf-8").splitlines()):
            left, right = (row["id"], row["begin"], row["end"]), (row["id2"], row["begin2"], row["end2"])
            yield (*min(left, right), *max(left, right))


PEERS = {"datasketch": datasketch, "rensa": rensa, "quid": quid, "text-matcher": text_matcher, "passim": passim}

if __name__ == "__main__":
    name, docs, pairs = sys.argv[1:]
    keys = ("left_id", "left_start", "left_end", "right_id", "right_start", "right_end")
    with tempfile.TemporaryDirectory() as scratch, Path(pairs).open("w", encoding="utf-8") as out:
        for row in PEERS[name](docs, scratch):
            out.write(json.dumps(dict(zip(keys, row, strict=True))) + "\n")
