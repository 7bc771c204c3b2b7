"""Who says that who said it."""

from __future__ import annotations

from collections.abc import Iterable

from firstsaid.model import Quotation


def chain(quotation: Quotation, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """The quotations around `quotation` from the outermost (whose speaker the document's author names) to itself.

    `quotations`: at least those of its document. A parent that is missing, or that would close a circle, ends the chain.
    """
    by_id = {item.id: item for item in quotations if item.document_id == quotation.document_id}
    found = [quotation]
    seen = {quotation.id}
    while (parent := by_id.get(found[-1].parent_id or "")) is not None and parent.id not in seen:
        found.append(parent)
        seen.add(parent.id)
    return tuple(reversed(found))
