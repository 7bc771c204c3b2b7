"""What the ranker may know of a cue and of a stretch that it may govern: named traits, never the words of a name.

A trait is "template:value". Open-class words enter only as the cue itself, as the head above it, and as common nouns beside it; of
all other tokens the closed-class word, the part of speech and the link count.
"""

from __future__ import annotations

from functools import lru_cache

from firstsaid.parsing import lexicon
from firstsaid.parsing.clauses.options import Option
from firstsaid.parsing.clauses.trees import NO_PAIR, Tree
from firstsaid.parsing.lexicon import word_set

_CLOSED = word_set(
    """
    a an the this that these those he she it they we i you him her them us me his its their our my your who which whom whose what how
    why when where whether if than because although though while since until before after unless and or but nor so yet in on at by for
    with about against between into through during to from of off over under up down out is was are were be been being am has have had
    do does did will would can could should may might must not n't no never only just also even still too very more most there here
    all some any each every both himself herself themselves itself now then ever again once like such same other another one two three
    first last next , . : ; ( ) - -- — – “ ” " ‘ ’ ' ? ! $ % '' `` ...
    """
)
_PRONOUNS = word_set("he she they we i you it who that which this these those one")
_IRREGULAR = {
    "said": "say", "saying": "say", "says": "say", "told": "tell", "thought": "think", "wrote": "writ", "written": "writ", "knew": "know",
    "known": "know", "felt": "feel", "saw": "see", "seen": "see", "made": "mak", "gave": "giv", "given": "giv", "took": "tak",
    "taken": "tak", "found": "find", "went": "go", "came": "com", "meant": "mean", "heard": "hear", "spoke": "speak", "spoken": "speak",
    "held": "hold", "kept": "keep", "left": "leav", "got": "get", "began": "begin", "swore": "swear", "sworn": "swear", "vowed": "vow",
    "sought": "seek", "understood": "understand", "laid": "lay", "drew": "draw", "drawn": "draw", "chose": "choos", "chosen": "choos",
    "sent": "send",
}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """A lower-case English word without its ending; irregular forms by a list."""
    stem = word
    if len(stem) > 4:
        if stem.endswith(("ies", "ied")):
            stem = stem[:-3] + "y"
        elif stem.endswith("ing") and len(stem) > 5:
            stem = stem[:-3]
        elif stem.endswith(("ed", "es")):
            stem = stem[:-2]
        elif stem.endswith("s") and not stem.endswith("ss"):
            stem = stem[:-1]
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls":
            stem = stem[:-1]
        stem = stem.removesuffix("e")
    elif len(stem) == 4 and stem[-1] == "s" and stem[-2] != "s":
        stem = stem[:-1]
    return _IRREGULAR.get(word, _IRREGULAR.get(stem, stem))


@lru_cache(maxsize=1 << 14)
def act_of(word: str) -> str:
    """What kind of saying a word is, by the cue lexicon."""
    cue = lexicon.cues("en").get(word)
    return cue.act if cue else "noun" if word in lexicon.NOMINAL_CUES else "x"


def _closed(word: str) -> str:
    return word if word in _CLOSED else "#" if word[0].isdigit() else "w" if word[0].isalpha() else "p"


def subject_of(tree: Tree, cue: int) -> tuple[int, str]:
    """The subject of a cue and how it was found: its own, or that of a verb above it; -1 where there is none."""
    for child in tree.children[cue]:
        if tree.links[child] in ("nsubj", "nsubjpass", "csubj"):
            return child, "own"
    token = cue
    for _ in range(3):
        link, above = tree.links[token], tree.head[token]
        if above == token or link not in ("conj", "xcomp", "advcl", "acl", "relcl", "pcomp", "prep", "ccomp", "dep"):
            break
        if link in ("acl", "relcl"):
            return above, "mod"
        for child in tree.children[above]:
            if tree.links[child] in ("nsubj", "nsubjpass") and child != token:
                return child, link
        token = above
    return -1, "none"


def _subject_kind(tree: Tree, subject: int) -> str:
    if subject < 0:
        return "0"
    word, tag = tree.lower[subject], tree.tags[subject]
    if word in _PRONOUNS:
        return word
    for prefix, kind in (("PRP", "prp"), ("NNP", "name"), ("NNS", "nns"), ("N", "nn")):
        if tag.startswith(prefix):
            return kind
    return tag


def is_headline(tree: Tree) -> bool:
    """Whether most words are capitalised, as in headlines of many papers."""
    words = [word for word in tree.words if word[0].isalpha()]
    return len(words) > 3 and len(tree) <= 40 and sum(word[0].isupper() for word in words) * 10 > 7 * len(words)


def cue_traits(tree: Tree, cue: int, governor: str, is_essay: bool, place: int) -> list[str]:
    """Traits of the cue alone. `governor`: see `ranker.governor_of`; `place`: number of the unit on the page."""
    word, tag, link, n_tokens = tree.lower[cue], tree.tags[cue], tree.links[cue], len(tree)
    stem, act, wide = stem_of(word), act_of(word), tag[0]
    subject, how = subject_of(tree, cue)
    kind = _subject_kind(tree, subject)
    children = tree.children[cue]
    auxiliaries = "_".join([tree.lower[c] for c in children if c < cue and tree.links[c] in ("aux", "auxpass", "neg")][:3]) or "0"
    right = [c for c in children if c > cue and tree.links[c] != "punct"]
    frame = "_".join([tree.links[c] for c in right[:4]])
    following = _closed(tree.lower[cue + 1] if cue + 1 < n_tokens else "$")
    before = _closed(tree.lower[cue - 1] if cue else "^")
    above = tree.head[cue]
    above_stem = stem_of(tree.lower[above]) if above != cue else "ROOT"
    preposition = next((tree.lower[c] for c in right if tree.links[c] == "prep"), "")
    particle = next((tree.lower[c] for c in reversed(children) if tree.links[c] == "prt"), "")
    thing = next((stem_of(tree.lower[c]) for c in right if tree.links[c] in ("dobj", "attr") and not tree.tags[c].startswith("NNP")), "")
    quality = next((stem_of(tree.lower[c]) for c in right if tree.links[c] in ("acomp", "oprd")), "")
    subject_stem = ""
    if subject >= 0 and tree.tags[subject][0] == "N" and not tree.tags[subject].startswith("NNP"):
        subject_stem = stem_of(tree.lower[subject])
    has_marks = any(pair != NO_PAIR for pair in tree.pair)
    distance = str(min(4, (cue - subject) // 3)) if subject >= 0 and how == "own" else "x"
    is_question = tree.words[-1] == "?" or (n_tokens > 1 and tree.words[-2] == "?")
    traits = [
        "C0", "Cl:" + stem, "Cw:" + word, f"Clt:{stem}{tag}", "Ct:" + tag, f"Cd:{link}{wide}", f"Ctd:{tag}{link}", "Ca:" + act,
        f"Cat:{act}{tag}", f"Cs:{kind}{wide}", f"Csl:{kind}{stem}", f"Csa:{kind}{act}", f"Ch:{how}{wide}", f"Chs:{how}{kind}",
        "Cx:" + auxiliaries, f"Cxa:{auxiliaries}{act}", f"Cxt:{auxiliaries}{tag}", f"Cg:{frame}{wide}", f"Cgl:{frame[:12]}{stem}",
        f"Cga:{frame}{act}", f"Cn:{following}{wide}", f"Cnl:{following}{stem}", f"Cp:{before}{wide}", f"Cpl:{before}{stem}",
        f"Chd:{tree.tags[above][:2]}{link}", f"Chl:{above_stem}|{link}", f"Cpr:{preposition}{stem}", f"Cprt:{particle}{stem}",
        f"Cq:{has_marks}{wide}", f"Cqa:{has_marks}{act}", f"Cinq:{tree.pair[cue] != NO_PAIR}", f"Cso:{distance}{wide}",
        f"Ces:{is_essay}{wide}", f"Csn:{subject_stem}{wide}", f"Csna:{subject_stem}{act}", f"Cdo:{thing}{stem}", f"Cdo2:{thing}{wide}",
        f"Cac:{quality}{stem}", "Cac2:" + quality, f"Cqm:{is_question}{wide}", f"Cpos:{min(3, place)}{wide}",
        "Gv:" + governor, f"Gvl:{governor[:2]}{stem}", f"Gvt:{governor}{tag}",
    ]  # fmt: skip
    if is_headline(tree):
        traits += ["Chead", "Cheadt:" + tag, "Cheadl:" + stem]
    return traits


_LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34)
_CLOSING = ('"', "”", "’", "''", "'", ".", ",", "?", "!")
_OPENING = ('"', "“", "‘", "'", "``")


def _length(n_tokens: int) -> str:
    return next((str(length) for length in _LENGTHS if n_tokens <= length), "x")


def option_traits(tree: Tree, cue: int, option: Option) -> list[str]:
    """Traits of one stretch under its cue."""
    kind, ending, pieces = option.kind, option.ending, option.pieces
    word, tag, n_tokens = tree.lower[cue], tree.tags[cue], len(tree)
    stem, act = stem_of(word), act_of(word)
    first, end = pieces[0][0], pieces[-1][1]
    length = _length(sum(high - low for low, high in pieces))
    opens, opens_tag = _closed(tree.lower[first]), tree.tags[first]
    following = _closed(tree.lower[end]) if end < n_tokens else "$"
    second = _closed(tree.lower[end + 1]) if end + 1 < n_tokens else "$"
    following_tag = tree.tags[end][:2] if end < n_tokens else "$"
    second_tag = tree.tags[end + 1][:2] if end + 1 < n_tokens else "$"
    before = _closed(tree.lower[first - 1] if first else "^")
    before_that = _closed(tree.lower[first - 2]) if first > 1 else "^"
    marks = _marks(tree, pieces)
    gap = _gap(tree, cue, first)
    verb = "v" if any(tree.tags[t] in ("VBD", "VBP", "VBZ", "MD") for low, high in pieces for t in range(low, min(high, low + 25))) else ""
    root = root_of(tree, cue, first, end)
    root_tag = tree.tags[root]
    root_word = tree.lower[root] if tree.lower[root] in _CLOSED else root_tag
    link_after = _link_after(tree, cue, first, end)
    child = option.child
    preposition = tree.lower[child] if child >= 0 and tree.links[child] in ("prep", "agent") else ""
    return [
        f"bf:{before}{kind}", f"bfq:{before}{before_that}{marks}", f"nn:{following}_{second}", f"nne:{following}_{second}{ending}",
        f"k:{kind}{tag[0]}", f"kt:{kind}{tag}", f"e:{kind}|{ending}", f"kl:{kind}{stem}", f"ka:{kind}{act}{tag}", f"kw:{preposition}{stem}",
        f"kwa:{preposition}{act}{kind}", f"kel:{ending}{stem}", f"f:{opens}{kind}", f"fl:{opens}{stem}", f"ft:{opens_tag}{kind}",
        f"ftl:{opens_tag}{stem}", f"n:{following}{ending}", f"nk:{following}{kind}", f"nt:{following}{following_tag}{second_tag}",
        f"fd:{link_after}{ending}", f"fdk:{link_after}{kind}", f"fdw:{link_after}{following}", f"q:{marks}{kind}", f"qe:{marks}{ending}",
        f"ql:{marks}{stem}", f"qn:{marks}{following}", f"L:{length}{kind}", f"Le:{length}{ending}", f"La:{length}{act}",
        f"Lv:{length}{verb}", f"g:{gap}{kind}", f"gl:{gap}{stem}", f"v:{verb}{kind}{ending}", f"va:{verb}{act}", f"h:{root_tag}{kind}",
        f"hd:{tree.links[root]}{kind}", f"hl:{root_tag[:2]}{stem}", f"hc:{root_word}{act}", f"lt:{tree.tags[end - 1]}{ending}",
        f"p:{len(pieces)}{kind}", f"nk2:{option.n_children}{ending}", f"nkl:{option.n_children}{stem}{kind[:5]}",
    ]  # fmt: skip


def _marks(tree: Tree, pieces: tuple[tuple[int, int], ...]) -> str:
    """How the stretch lies to the marks: c cuts a pair, a all inside, s and e begin and end inside, m some inside, 0 none."""
    pair, words = tree.pair, tree.words
    first, end = pieces[0][0], pieces[-1][1]
    opens, closes = pair[first], pair[end - 1]
    if first and opens != NO_PAIR and pair[first - 1] == opens and words[first - 1] not in _OPENING:
        return "c"
    if end < len(tree) and closes != NO_PAIR and pair[end] == closes and words[end] not in _CLOSING:
        return "c"
    inside = [pair[token] != NO_PAIR for low, high in pieces for token in range(low, high)]
    if all(inside):
        return "a"
    return ("s" if opens != NO_PAIR else "") + ("e" if closes != NO_PAIR else "") or ("m" if any(inside) else "0")


def _gap(tree: Tree, cue: int, first: int) -> str:
    """What stands between the cue and the stretch: b it comes before, 0 nothing, else whether a comma, and how much."""
    if first <= cue:
        return "b"
    n_between = first - cue - 1
    if not n_between:
        return "0"
    if "," in tree.words[cue + 1 : first]:
        return "g,"
    return "g1" if n_between < 2 else "g3" if n_between < 4 else "gx"


def root_of(tree: Tree, cue: int, first: int, end: int) -> int:
    """The token of a stretch that its first token hangs below, as far up as the stretch and the cue allow."""
    token = first
    for _ in range(30):
        above = tree.head[token]
        if above in (token, cue) or not first <= above < end:
            break
        token = above
    return token


def _link_after(tree: Tree, cue: int, first: int, end: int) -> str:
    """How what follows the stretch hangs: its link, and whether into the stretch (i), on the cue (c) or elsewhere (o)."""
    if end >= len(tree):
        return "$"
    token = end
    while token < len(tree) and not tree.words[token][0].isalnum() and token < end + 2:
        token += 1
    if token >= len(tree):
        return "$"
    for _ in range(10):
        above = tree.head[token]
        if above == token or above <= end - 1:
            break
        token = above
    above = tree.head[token]
    return tree.links[token] + ("i" if first <= above < end else "c" if above == cue else "o")
