"""Long lists a page at a time."""

from __future__ import annotations

from collections.abc import Callable

from firstsaid.showing.views import Paging


def paging(address: Callable[[int], str], page: int, size: int, total: int) -> Paging | None:
    """Which rows page number `page` (from 1) shows; None where one page shows all. `address`: of a page by its number."""
    if total <= size:
        return None
    n_pages = (total + size - 1) // size
    page = min(max(1, page), n_pages)
    return Paging(
        (page - 1) * size + 1, min(total, page * size), total,
        address(page - 1) if page > 1 else "", address(page + 1) if page < n_pages else "",
    )  # fmt: skip


def offset(shown: Paging | None) -> int:
    """Rows before the first one shown."""
    return shown.first - 1 if shown else 0
