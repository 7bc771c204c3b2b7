"""One figure of a draft against the figures of a corpus: the same, rounded, converted, a sum, of another time or thing, or another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from firstsaid.checking.draft_pool import Around, Known, Pool, contrasts, is_percentage, n_digits, unit_of, value_of
from firstsaid.checking.draft_sums import change_between, derivation, fits, rounding_of, same_clock, seconds_between
from firstsaid.checking.intervals import are_disjoint, decimal_of, interval_of
from firstsaid.checking.lexicon import CORRECTIONS, FIRST_TELLINGS, REVISIONS
from firstsaid.checking.shelf import Shelf
from firstsaid.checking.tokens import keys_of, shortened
from firstsaid.checking.units import value_in
from firstsaid.model import Figure, Span, Verdict

FINE = ("same", "derived", "rounded", "converted")

SMALL = 3
"""Numbers up to here in words ("two words", "half of it") are the writer's own as often as not: no line unless a text says otherwise."""

SMALL_DURATION = 12
"""Spans of time in words up to here ("in the last three months") are more often the writer's reckoning than a text's figure."""

REVISION_REACH_CHARS = 300
"""A correction names the old number and the new one within two or three sentences."""

VAGUE = {"more_than": "up", "at_least": "up", "at_most": "down", "less_than": "down", "almost": "near", "about": "near"}

_PER = re.compile(
    r"[^\S\n]*(?:[^\W\d_][\w'’-]*[^\S\n]+){0,2}?(?:an?|per|each|every|over|pro|je|par|por)[^\S\n]+([^\W\d_]+|[\d]+ [^\W\d_]+)"
)
_NAME_BEFORE = re.compile(r"\b([A-Z][\w'’-]+)\s\Z")


class Judge:
    """One figure of a draft against the figures of the corpus that come near it."""

    def __init__(self, figure: Figure, text: str, place: Around, beside: Sequence[Figure], pool: Pool, shelf: Shelf) -> None:
        if figure.kind == "duration" and figure.modifier == "more_than" and text[figure.start : figure.end][:4].lower() == "over":
            # "Over ten years the bee declined": a span, no bound; "over ten years old" is one.
            figure = replace(figure, modifier="about", high=figure.low)
        self.figure, self.text, self.place, self.shelf = figure, text, place, shelf
        self.value = value_of(figure)
        self.found = [k for k in pool.known(figure, place) if k.figure.kind not in ("date", "ordinal")] if self.value is not None else []
        self.pool, self.beside = pool, beside

    def verdict(self) -> Verdict | None:
        """What the corpus has for the figure; None where it is none that a text could give otherwise."""
        if self.value is None or self._is_part_of_name() or (self.value == 1 and self.figure.kind == "count"):
            return None
        refused: Verdict | None = None
        for known in self.found:
            if not self._is_same(known):
                continue
            if not self._is_rare(known) and self._is_outdone(known):
                said = shortened(known.around.sentence, 160)
                why = f"In {self.shelf.label(known.figure.document_id)} this number counts something else: “{said}”."
                refused = refused or self._made("other-subject", why, (known,))
            refused = refused or self._taken_from_elsewhere(known)
            if refused is None:
                return self._superseded(known) or self._made("same", f"{self._says(known)}.", (known,))
        return self._made_otherwise(refused)

    def _made_otherwise(self, refused: Verdict | None) -> Verdict | None:
        if refused is None:
            for known in self.found:
                if self._is_rounding(known):
                    return self._superseded(known) or self._made("rounded", f"{self._says(known)}, which this rounds.", (known,))
            for known in self.found:
                step = self._conversion(known)
                if step:
                    return self._made("converted", f"{self._says(known)}: {step}.", (known,))
            made = self._derived()
            if made is not None:
                return made
        return refused or self._does_not_add_up() or self._contradicted() or self._absent()

    def _does_not_add_up(self) -> Verdict | None:
        shown = change_between(self.figure, self.place, self.beside)
        return self._made("altered", f"The draft's own numbers make another share: {shown}.", ()) if shown else None

    # ------------------------------------------------------------------------------------------------------------- small helps

    def _made(self, verdict: str, why: str, known: Sequence[Known]) -> Verdict:
        spans = tuple(Span(k.figure.document_id, k.figure.start, k.figure.end) for k in known)
        return Verdict("figure", self.figure.start, self.figure.end, verdict, verdict not in FINE, why, spans)

    def _says(self, known: Known) -> str:
        figure = known.figure
        text = self.shelf.document(figure.document_id).text
        end = figure.of_end if figure.of_end and figure.end <= figure.of_end <= figure.end + 50 else figure.end
        return f"{self.shelf.label(figure.document_id)} says “{shortened(text[figure.start : end], 70)}”"

    def _is_part_of_name(self) -> bool:
        """Whether the number belongs to a name ("Aurelia 2"): digits right behind a word with a capital, counting nothing."""
        written = self.text[self.figure.start : self.figure.end]
        if not written.isdigit() or len(written) > 2:
            return False
        before = _NAME_BEFORE.search(self.text[max(0, self.figure.start - 40) : self.figure.start])
        if before is None:
            return False
        name = f"{before.group(1)} {written}"
        return any(name in self.shelf.document(one).text for one in self.pool.documents(self.figure.start, self.figure.end))

    def _per(self, text: str, end: int) -> str:
        found = _PER.match(text[end : end + 60])
        return found.group(1).lower() if found else ""

    # ------------------------------------------------------------------------------------------------------------------- same

    def _units_agree(self, known: Known) -> bool:
        ours, theirs = unit_of(self.figure), unit_of(known.figure)
        if ours == theirs:
            return True
        bare = known.figure if ours else self.figure
        counts_things = bool(bare.of_lemma or bare.unit)
        return (
            (not ours or not theirs)
            and "percent" not in (ours, theirs)
            and ("money" in (self.figure.kind, known.figure.kind) or not counts_things)
        )

    def _is_same(self, known: Known) -> bool:
        """Whether a figure of equal number may be meant: a rare number by itself, others with words in common."""
        theirs = known.figure
        if value_of(theirs) != self.value or not self._units_agree(known) or self._hedge_differs(known):
            return False
        is_range = "range" in (self.figure.modifier, theirs.modifier)
        if is_range and (theirs.low, theirs.high) != (self.figure.low, self.figure.high):
            return False
        rates = self._per(self.text, self.figure.end), self._per(self.shelf.document(theirs.document_id).text, theirs.end)
        if all(rates) and rates[0][:4] != rates[1][:4] and (unit_of(self.figure) or unit_of(theirs)):
            return False
        return self._is_rare(known) or self._is_near(known)

    def _is_rare(self, known: Known) -> bool:
        """Whether so exact a number is hardly met by chance among the documents behind the draft."""
        value = self.value or Decimal(0)
        same_unit = bool(unit_of(self.figure)) and unit_of(self.figure) == unit_of(known.figure)
        return n_digits(value) >= 3 or (value >= 100 and n_digits(value) >= 2) or (same_unit and value >= 1000)

    def _is_near(self, known: Known) -> bool:
        if known.is_tied:
            return True
        value = self.value or Decimal(0)
        return known.score >= 2 or (known.score >= 1 and n_digits(value) >= 2)

    def _is_outdone(self, known: Known) -> bool:
        """Whether another number stands there for what the draft counts, by its noun, which this one does not count."""
        if known.is_same_noun or self.place.times & known.around.times:
            return False
        return any(
            k.is_same_noun and k.is_tied and k.figure.kind == known.figure.kind and value_of(k.figure) != self.value for k in self.found
        )

    def _hedge_differs(self, known: Known) -> bool:
        ours, theirs = VAGUE.get(self.figure.modifier, ""), VAGUE.get(known.figure.modifier, "")
        if ours == theirs:
            return False
        return not (ours == "near" and not theirs)

    # -------------------------------------------------------------------------------------------------------------- elsewhere

    def _taken_from_elsewhere(self, known: Known) -> Verdict | None:
        """The number is there, but of another time or another thing."""
        rivals = [k for k in self.found if k.figure.document_id == known.figure.document_id and self._is_rival(k, known)]
        word = contrasts(self.place, known, rivals)
        if word:
            verdict = "other-period" if word in self.place.times else "other-subject"
            said = shortened(known.around.sentence, 160)
            return self._made(
                verdict, f"{self.shelf.label(known.figure.document_id)} has this number for something else: “{said}”.", (known,)
            )
        ours = self.place.times
        if not ours or ours & known.around.times:
            return None
        elsewhere = next((k for k in rivals if k.around.times & ours and self._is_of_one_thing(k, known)), None)
        if elsewhere is not None and abs(elsewhere.figure.start - known.figure.start) < REVISION_REACH_CHARS:
            return self._made("other-period", f"{self._says(known)}, but {self._says(elsewhere)} for {min(ours)}.", (known, elsewhere))
        published = self.shelf.document(known.figure.document_id).published
        own_year = str(published.earliest // 525_960 + 1970) if published else ""
        years, there = ({time for time in times if time.isdigit()} for times in (ours, known.around.times))
        if years and there and own_year not in years:
            said = shortened(known.around.sentence, 160)
            return self._made("other-period", f"{self._says(known)}, but of another time: “{said}”.", (known,))
        return None

    def _is_of_one_thing(self, other: Known, known: Known) -> bool:
        return bool(unit_of(known.figure)) or (bool(known.figure.of_lemma) and known.figure.of_lemma == other.figure.of_lemma)

    def _is_rival(self, other: Known, known: Known) -> bool:
        return unit_of(other.figure) == unit_of(known.figure) and value_of(other.figure) != self.value

    def _superseded(self, known: Known) -> Verdict | None:
        """A later text that takes the number back, or the same outlet's later one for the same thing."""
        said = frozenset(keys_of(self.place.sentence))
        if said & FIRST_TELLINGS:
            return None
        for other in self.found:
            if not self._replaces(other, known):
                continue
            if any(str(value_of(other.figure)) == value for value in self.place.companions):
                return None
            return self._made("superseded", f"{self._says(known)}, but since then {self._says(other)}.", (other, known))
        return None

    def _replaces(self, other: Known, known: Known) -> bool:
        left, right = known.figure, other.figure
        if left.document_id == right.document_id or not self.shelf.is_before(left.document_id, right.document_id):
            return False
        if unit_of(left) != unit_of(right) or value_of(right) == self.value or not are_disjoint(known.interval, other.interval):
            return False
        if any(times and other.around.times and not times & other.around.times for times in (self.place.times, known.around.times)):
            return False
        document = self.shelf.document(right.document_id).text
        keys = frozenset(keys_of(document[max(0, right.start - REVISION_REACH_CHARS) : right.end + REVISION_REACH_CHARS]))
        retold = any(
            one.low == left.low and unit_of(one) == unit_of(left) and abs(one.start - right.start) < REVISION_REACH_CHARS
            for one in self.shelf.figures(right.document_id)
        )
        same_outlet = self.shelf.same_outlet(left.document_id, right.document_id)
        is_rare = self.value is not None and (n_digits(self.value) >= 2 or self.value >= 1000)
        if retold and is_rare and (same_outlet or keys & REVISIONS):
            return True
        shared = max(other.n_shared, len(known.around.own & other.around.own))
        thing = known.is_same_noun and other.is_same_noun
        if same_outlet and keys & CORRECTIONS and (thing or shared >= 2):
            return True
        # A number of quite another size ("a yield of 2.9 tonnes") is of another thing.
        old, new = self.value or Decimal(0), value_of(right) or Decimal(0)
        if not old < new * 5 < 25 * old:
            return False
        if same_outlet and keys & REVISIONS and shared >= 2 and unit_of(left):
            return True
        return same_outlet and (shared >= 2 if thing else shared >= 4)

    # --------------------------------------------------------------------------------------------------------- other numbers

    def _is_rounding(self, known: Known) -> bool:
        """Whether the draft's vaguer figure holds the corpus's: about 40 for 41, more than 40 for 45, 3.2 million for 3,214,000."""
        exact, own = value_of(known.figure), self.value
        if exact is None or own is None or not self._units_agree(known) or self.figure.kind == "ratio" != known.figure.kind:
            return False
        if not self._is_near(known) or self._is_outdone(known):
            return False
        low, high = known.figure.low, known.figure.high
        if low != high and low is not None and high is not None:
            interval = interval_of(self.figure)
            if interval is None or are_disjoint(interval, known.interval):
                return False
            if self.figure.modifier == "range":
                ends = decimal_of(low), decimal_of(high)
                return all(end is not None and interval.holds(end) for end in ends)
            return self.figure.modifier in ("about", "almost")
        if VAGUE.get(known.figure.modifier, "") not in ("", "near"):
            return False
        if self.figure.modifier == "exact":
            return n_digits(own) < n_digits(exact) and abs(own - exact) * 20 <= abs(exact) and abs(own - exact) <= rounding_of(own)
        if n_digits(own) > n_digits(exact) + 1 or own == exact:
            return False
        if self.figure.modifier in ("almost", "less_than", "at_most"):
            return fits(self.figure, own, exact) and exact >= own * _nearly(own)
        return fits(self.figure, own, exact)

    def _conversion(self, known: Known) -> str:
        for ours in self._unit_readings():
            made = value_in(ours, known.figure)
            if made is None or self.value is None or not (known.is_tied if made < 1 else known.score >= 1) or self._is_outdone(known):
                continue
            slack = min(rounding_of(self.value) * (2 if self.figure.modifier == "about" else 1), abs(made) * Decimal("0.05"))
            if fits(replace(ours, modifier="exact") if ours.modifier == "about" else ours, self.value, made, max(slack, abs(made) / 200)):
                return f"{known.figure.low or known.figure.high} {known.figure.unit or 'times'} is {made:.2f} {ours.unit or 'times'}"
        return ""

    def _unit_readings(self) -> list[Figure]:
        """The figure, and "pounds" of money as pounds of weight."""
        if self.figure.unit == "GBP" and "pound" in self.text[self.figure.start : self.figure.end].lower():
            return [self.figure, replace(self.figure, unit="lb", kind="measure")]
        return [self.figure]

    def _derived(self) -> Verdict | None:
        by_document: dict[str, list[Known]] = {}
        for known in self.found:
            by_document.setdefault(known.figure.document_id, []).append(known)
        groups = list(by_document.values())
        # Versions of one story by one outlet give their figures one after the other: what fell between two of them is a sum too.
        groups += [[k for k in self.found if k.is_tied]] if len(groups) > 1 else []
        is_contradicted = any(k.is_tied and self._is_of_one_kind(k) and (k.is_same_noun or k.n_shared >= 2) for k in self.found)
        for members in groups:
            made = derivation(self.figure, self.place, members, is_contradicted)
            if made is not None:
                why = f"From {self.shelf.label(made.operands[0].figure.document_id)}: {made.shown}."
                return self._made("derived", why, made.operands)
        for document_id in self.pool.documents(self.figure.start, self.figure.end):
            text = self.shelf.document(document_id).text
            shown = seconds_between(self.figure, text) if self.figure.unit else ""
            verdict = "derived"
            if not shown:
                shown, verdict = same_clock(self.text[self.figure.start : self.figure.end], text), "same"
            if shown:
                at = text.find(shown.split(" ")[1] if verdict == "derived" else shown)
                span = Span(document_id, max(0, at), max(0, at) + 5)
                why = f"{self.shelf.label(document_id)}: {shown}."
                return Verdict("figure", self.figure.start, self.figure.end, verdict, False, why, (span,))
        return None

    # ------------------------------------------------------------------------------------------------------------ no such figure

    def _contradicted(self) -> Verdict | None:
        for known in self.found:
            if not known.is_tied or not self._is_of_one_kind(known) or (self._is_own_word() and not self._is_told_otherwise(known)):
                continue
            if known.is_same_noun or (unit_of(self.figure) and known.n_shared >= 1) or known.n_shared >= 3:
                why = f"{self._says(known)} of it."
                if value_of(known.figure) == self.value:
                    what = "unit" if unit_of(self.figure) != unit_of(known.figure) else "hedge, the rate or the other end of the range"
                    why = f"{self._says(known)}: the draft leaves out or changes the {what}."
                return self._made("altered", why, (known,))
        return None

    def _is_of_one_kind(self, known: Known) -> bool:
        ours, theirs = self.figure, known.figure
        shares = [is_percentage(one) or one.kind == "ratio" for one in (ours, theirs)]
        if any(shares):
            return all(shares)
        if "money" in (ours.kind, theirs.kind):
            return self._units_agree(known) and (ours.kind == theirs.kind or not unit_of(ours))
        if ours.kind == "duration" or theirs.kind == "duration":
            return ours.kind == theirs.kind and (known.is_same_noun or known.n_shared >= 2)
        return value_of(theirs) == self.value or self._units_agree(known) or value_in(ours, theirs) is not None

    def _absent(self) -> Verdict | None:
        if self._is_own_word():
            return None
        return self._made("not-in-corpus", "No document of the corpus gives this figure for this.", ())

    def _is_told_otherwise(self, known: Known) -> bool:
        return known.is_same_noun or (known.n_shared >= 2 and self.figure.kind != "count")

    def _is_own_word(self) -> bool:
        """Whether the number is as likely the writer's own as a text's: small, and in words."""
        value = self.value or Decimal(0)
        if any(c.isdigit() for c in self.text[self.figure.start : self.figure.end]):
            return False
        return (value <= SMALL and not unit_of(self.figure)) or (value <= SMALL_DURATION and self.figure.kind == "duration")


def _nearly(own: Decimal) -> Decimal:
    """How far below "nearly" reaches: nearly 100 percent is 97, nearly 400 is 370 but hardly 360."""
    return Decimal("0.95") if own == 100 else Decimal("0.9")
