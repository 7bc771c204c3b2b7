"""What a page says about itself: title, authors, outlet, address, dates; each date with where it was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from firstsaid.dates import parse_date
from firstsaid.model import DateRange
from firstsaid.reading.html_tree import Element, zone_of
from firstsaid.reading.rows import authors_in

JSON_LD_CONFIDENCE, META_CONFIDENCE, TIME_CONFIDENCE, URL_CONFIDENCE, HTMLDATE_CONFIDENCE = 9_500, 9_000, 8_000, 7_500, 5_000
"""From what publishers' own systems write for machines down to what a heuristic finds in the page."""
MAX_JSON_LD_CHARS = 1_000_000
"""Longer metadata is a shop's catalogue."""
MAX_JSON_LD_NODES = 5_000

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "date", "pubdate", "publish-date", "publishdate", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "citation_date", "article.published", "published_time_telegram", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|ScholarlyArticle|PressRelease|SocialMediaPosting|LiveBlog")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{2})[/-]?(\d{2})(?=[/_.-]|$)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page says about itself.

    `posts`: JSON-LD of the posts on a page with several; `body`: of the page's article.
    `is_one_article`: the page calls itself one article, whatever other texts it lists.
    """

    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    url: str | None
    language: str | None
    published: DateRange | None
    modified: DateRange | None
    posts: tuple[dict[str, Any], ...]
    body: str | None = None
    is_one_article: bool = False


def facts_of(tree: Element, html: str, location: str) -> Facts:
    """The facts, each from its most trustworthy place. `location` counts as the page's address if it is one."""
    meta = _meta(tree)
    items = list(_json_ld(tree))
    url = _link(tree, "canonical") or meta.get("og:url") or (location if location.startswith(("http://", "https://")) else None)
    if url and not url.startswith(("http://", "https://")):
        url = None
    posts = [item for item in items if _ARTICLE_TYPES.search(_type(item))]
    article = _own_item(posts, url, meta.get("og:title"))
    title = (
        meta.get("og:title")
        or _text(article.get("headline"))
        or meta.get("twitter:title")
        or meta.get("dc.title")
        or _first(tree, ".//h1")
        or _first(tree, ".//title")
    )
    publisher = article.get("publisher")
    outlet = (
        meta.get("og:site_name")
        or meta.get("application-name")
        or (_text(publisher.get("name")) if isinstance(publisher, dict) else None)
        or host(url)
    )
    stated = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    return Facts(
        title=_clean(title),
        authors=_authors(article, meta, tree),
        outlet=_clean(outlet),
        url=url,
        language=stated if re.fullmatch("[a-z]{2}", stated) else None,
        published=_published(article, meta, tree, url),
        modified=_dated(article.get("dateModified"), "json-ld", JSON_LD_CONFIDENCE) or _meta_date(meta, _MODIFIED_META),
        posts=tuple(posts),
        body=_text(article.get("articleBody")),
        is_one_article="article:published_time" in meta or meta.get("og:type", "").lower() == "article",
    )


def host(url: str | None) -> str | None:
    """The address's host without `www.`: the outlet of pages that do not name theirs."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def date_by_htmldate(html: str) -> DateRange | None:
    """Htmldate's guess: the last resort. Its bounds are fixed, so that the answer does not depend on today."""
    import logging

    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    found = find_date(html, extensive_search=False, original_date=True, min_date="1985-01-01", max_date="2100-01-01")
    return parse_date(found, "htmldate", confidence=HTMLDATE_CONFIDENCE) if found else None


def _published(article: dict[str, Any], meta: dict[str, str], tree: Element, url: str | None) -> DateRange | None:
    return (
        _dated(article.get("datePublished") or article.get("dateCreated"), "json-ld", JSON_LD_CONFIDENCE)
        or _meta_date(meta, _PUBLISHED_META)
        or _microdata(tree)
        or time_of(tree)
        or _in_url(url)
    )


def _dated(value: Any, basis: str, confidence: int) -> DateRange | None:
    return parse_date(value, basis, confidence=confidence) if isinstance(value, str) else None


def _meta_date(meta: dict[str, str], names: tuple[str, ...]) -> DateRange | None:
    dates = (_dated(meta.get(name), "meta", META_CONFIDENCE) for name in names)
    return next((date for date in dates if date), None)


def _microdata(tree: Element) -> DateRange | None:
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        date = _dated(
            element.get("content") or element.get("datetime") or "".join(element.itertext()).strip(), "microdata", META_CONFIDENCE
        )
        if date:
            return date
    return None


def time_of(root: Element) -> DateRange | None:
    """The first `time` (or hAtom date) of the element that stands in no menu or comment; update times only if there is no other."""
    changed: DateRange | None = None
    for element in root.iter("time", "abbr", "span"):
        names = (element.get("class") or "").lower()
        if element.tag != "time" and not re.search(
            r"(?:^|[\s_-])(?:dt-published|published|entry-date|post-date|date-published|pubdate)", names
        ):
            continue
        if any(zone_of(above) not in (None, "page footer") for above in element.iterancestors()):
            continue
        value = element.get("datetime") or element.get("title") or "".join(element.itertext())
        date = parse_date(value.strip(), "time", confidence=TIME_CONFIDENCE) or parse_date(
            "".join(element.itertext()).strip(), "time", confidence=TIME_CONFIDENCE
        )
        if date and re.search("updated|modified", names):
            changed = changed or date
        elif date:
            return date
    return changed


def _in_url(url: str | None) -> DateRange | None:
    found = _URL_DAY.search(url or "")
    return parse_date("-".join(found.groups()), "url", confidence=URL_CONFIDENCE) if found else None


def _meta(tree: Element) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            values.setdefault(name.lower(), content)
    return values


def _link(tree: Element, relation: str) -> str | None:
    return next((element.get("href") for element in tree.iter("link") if relation in (element.get("rel") or "").lower().split()), None)


def _json_ld(tree: Element) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, outer before inner."""
    n_nodes = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if len(raw) > MAX_JSON_LD_CHARS:
            continue
        try:
            waiting = [json.loads(raw, strict=False)]
        except (ValueError, RecursionError):
            continue  # pages often carry broken metadata; the page itself is still read
        while waiting and n_nodes < MAX_JSON_LD_NODES:
            value = waiting.pop(0)
            n_nodes += 1
            if isinstance(value, list):
                waiting[:0] = value
            elif isinstance(value, dict):
                yield value
                waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]


def _type(item: dict[str, Any]) -> str:
    stated = item.get("@type")
    return " ".join(map(str, stated)) if isinstance(stated, list) else str(stated or "")


def _own_item(posts: list[dict[str, Any]], url: str | None, title: str | None) -> dict[str, Any]:
    """The JSON-LD of the page's own article: the one with its address or title, else the first that is dated."""
    for item in posts:
        if (url and url.rstrip("/") in (item_url(item) or "").rstrip("/")) or (title and _text(item.get("headline")) == title):
            return item
    dated = [item for item in posts if item.get("datePublished")]
    return dated[0] if dated else posts[0] if posts else {}


def item_url(item: dict[str, Any]) -> str | None:
    """The address of a JSON-LD item."""
    main = item.get("mainEntityOfPage")
    for value in (item.get("url"), main.get("@id") if isinstance(main, dict) else main, item.get("@id")):
        if isinstance(value, str):
            return value
    return None


def _authors(article: dict[str, Any], meta: dict[str, str], tree: Element) -> tuple[str, ...]:
    stated = article.get("author")
    listed = stated if isinstance(stated, list) else [stated]
    names = [item.get("name") if isinstance(item, dict) else item for item in listed]
    found = tuple(_clean(name) or "" for name in names if isinstance(name, str) and name.strip())
    if found:
        return found
    by_meta = meta.get("author") or meta.get("article:author") or meta.get("dc.creator") or meta.get("citation_author")
    if by_meta and not by_meta.startswith("http"):
        return authors_in(by_meta)
    for element in tree.iter("a", "span", "p", "div", "address"):
        names_here = f"{element.get('rel') or ''} {element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if re.search(r"(?:^|[\s_-])(?:author|byline|p-author)(?:$|[\s_-])", names_here):
            words = _clean("".join(element.itertext())) or ""
            if 2 <= len(words) <= 100 and not re.search(r"\d", words):
                return authors_in(words)
    return ()


def _first(tree: Element, path: str) -> str | None:
    element = tree.find(path)
    return "".join(element.itertext()) if element is not None else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _clean(text: str | None) -> str | None:
    cleaned = re.sub(r"\s+", " ", text or "").strip()
    return cleaned[:500] or None
