"""Pages and texts written for these tests (CC0)."""

from collections.abc import Callable

import pytest

from firstsaid.model import Received

# ruff: noqa: E501
BLOG = (
    """<!DOCTYPE html><html lang="en"><head><title>Quay Notes</title><meta property="og:site_name" content="Quay Notes"></head><body>
<header class="site-header"><a href="/">Quay Notes</a><nav><a href="/about">About</a><a href="/archive">Archive</a></nav></header>
<div id="cookie-banner">We use cookies. <button>Accept</button></div><main>"""
    + "".join(
        f"""
<article class="post" id="p{n}"><h2 class="entry-title"><a href="/2021/{n}/story-{n}">Story number {n} from the harbour</a></h2>
{f'<time class="entry-date" datetime="2021-05-{20 - n:02d}T09:00:00Z">May {20 - n}, 2021</time>' if n != 3 else ""}
<div class="entry-content"><p>The harbour master of Port Alba said on morning {n} that the crane would be repaired before the winter, as <a href="https://example.org/crane/{n}">the port's notice</a> promised last year.</p>
<p>Nobody on the quay believed the harbour master, because the crane had been promised for {n + 3} winters in a row and each time the money went elsewhere.</p></div>
<footer class="entry-footer">If you like these notes, please give five coins to the lifeboat.</footer></article>"""
        for n in range(1, 5)
    )
    + """
</main><aside class="sidebar"><h3>Archive</h3><ul><li><a href="/2020">2020</a></li></ul></aside><footer>Copyright Quay Notes</footer></body></html>"""
)
NEWS = """<html lang=en><head><title>Comet seen over Alba - Alba Post</title><meta property="og:title" content="Comet seen over Alba"><meta property="og:site_name" content="Alba Post">
<link rel=canonical href="https://post.example/2020/07/15/comet"><meta property="article:published_time" content="2020-07-15T08:30:00+02:00"></head><body>
<nav><ul><li><a href=/a>Home</a></li><li><a href=/b>Sport</a></li></ul></nav><div class="cookie-consent"><p>This site uses cookies to make your reading better and to count you.</p></div>
<article><h1>Comet seen over Alba</h1><p class="byline">By <a rel=author href=/ada>Ada Byron</a></p><p>A comet with two tails stood over the town of Alba on Tuesday night and was seen by about 400 people, the observatory said.</p>
<p>"It will not come back for 6,800 years," said Mira Stern, who leads the observatory. She asked the town to dim its lamps until Friday.</p>
<figure><img src=c.jpg><figcaption>The comet above the water tower. Photo: Alba Post</figcaption></figure>
<h2>Lamps stay on</h2><p>The council refused to dim the lamps, saying that the harbour needs them; see <a href="/council/minutes">the minutes of the council</a> for the vote.</p>
<blockquote><p>The lamps are not ours to dim, they belong to the harbour and its ships.</p><p>So says the charter of the town.</p></blockquote>
<ul><li>First seen: Monday, by two fishermen</li><li>Last seen: Thursday, from the tower</li></ul>
<div class="share-bar"><a href=/s1>Share on This</a> <a href=/s2>Share on That</a></div></article>
<aside><h3>Related</h3><ul><li><a href=/r1>Lamps of Alba cost more than ever before</a></li><li><a href=/r2>The tower gets a new roof in the spring</a></li></ul></aside><footer>Alba Post, 2020</footer></body></html>"""
NOTES = """<html lang=en><head><title>On wells</title></head><body><div id=content><h1>On the wells of Alba</h1><p>Published 3 March 2018</p>
<p>The oldest well was dug in the year of the flood<sup><a href="#fn1" id="r1">1</a></sup> and gave water for 10<sup>4</sup> people, if the chronicle is right about the number.</p>
<p>A second well was dug later<sup><a href="#fn2" id="r2">2</a></sup>, but no record of its builder was ever found, and a third<sup><a href="#fn9">9</a></sup> is only told of in songs.</p>
<section class="footnotes"><ol><li id="fn1"><p>Chronicle of Alba, leaf 12. <a href="#r1">↩</a></p></li><li id="fn2"><p>Town archive, box 4; compare <a href="https://archive.example/4">the list</a>. <a href="#r2">↩</a></p></li></ol></section></div></body></html>"""
PARA = [
    "The waterworks of Alba will close for two weeks in June, the council announced on Monday, because the old pipes under the market leak.",
    "Families in the upper town will be given water from carts, and the school will move its meals to the monastery until the work is done.",
    "Councillor Oda Brandt called the works overdue and said that the leak had cost the town more than 40,000 crowns since the autumn.",
]
DOUBLED = (
    "<html><head><title>Pipes</title><meta name=date content=2019-06-03></head><body><h1>Waterworks close in June</h1><div class='desktop'>"
    + "".join(f"<p>{p}</p>" for p in PARA)
    + "</div><div class='mobile'>"
    + "".join(f"<p>{p}</p>" for p in PARA)
    + "</div></body></html>"
)
ARABIC = """<html lang="ar" dir="rtl"><head><meta charset=utf-8><title>حريق في الميناء</title></head><body><article><h1>حريق في ميناء ألبا</h1><p>نشر في ٤ مارس ٢٠١٩</p>
<p>اندلع حريق كبير في ميناء ألبا مساء الأحد وأدى إلى إصابة اثني عشر عاملا، كما قال مدير الميناء في بيان صدر صباح اليوم التالي.</p>
<p>وأضاف المدير أن سبب الحريق لم يعرف بعد وأن لجنة من المدينة ستبدأ التحقيق في الأسبوع القادم بمشاركة رجال الإطفاء.</p></article></body></html>"""
NO_DATE = (
    "<html><head><title>About the mill</title></head><body><main><h1>About the mill</h1>"
    + "".join(f"<p>{p}</p>" for p in PARA)
    + "</main></body></html>"
)
JSON_LD = (
    """<html><head><title>Fire at the quay</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Alba"},{"@type":"NewsArticle","headline":"Fire at the quay","datePublished":"2022-11-05T18:00:00+01:00","dateModified":"2022-11-06","author":[{"@type":"Person","name":"Ada Byron"}],"publisher":{"name":"The Alba Post"}}]}</script></head><body><article><h1>Fire at the quay</h1>"""
    + "".join(f"<p>{p}</p>" for p in PARA)
    + "</article></body></html>"
)
BLOGGER = (
    """<html><head><title>Mill Diary</title></head><body><div class="blog-posts hfeed">"""
    + "".join(
        f"""<div class="date-outer">{f'<h2 class="date-header"><span>{d}</span></h2>' if d else ""}<div class="date-posts"><div class="post-outer"><div class="post hentry"><h3 class="post-title entry-title"><a href="https://mill.example/{n}.html">Entry {n} of the diary</a></h3><div class="post-body entry-content">On this day number {n} the wheel stood still and the miller wrote that {PARA[n % 3]}<br><br>{PARA[(n + 1) % 3]}</div><div class="post-footer">Posted by The Miller at 7:3{n} PM</div></div></div></div></div>"""
        for n, d in ((1, "Friday, 4 March 2016"), (2, ""), (3, "Tuesday, 1 March 2016"))
    )
    + "</div></body></html>"
)
SCRIPT_ONLY = "<html><head><title>App</title></head><body><div id=root></div><script>var a = 'some text some text';</script></body></html>"

PAGES = {
    "blog": BLOG, "news": NEWS, "notes": NOTES, "doubled": DOUBLED, "arabic": ARABIC, "undated": NO_DATE, "json-ld": JSON_LD,
    "blogger": BLOGGER, "script-only": SCRIPT_ONLY,
}  # fmt: skip
SUFFIX_TYPES = {
    "html": "text/html", "txt": "text/plain", "md": "text/markdown", "jsonl": "application/x-ndjson", "csv": "text/csv",
    "tsv": "text/tab-separated-values", "json": "application/json",
}  # fmt: skip


@pytest.fixture
def received() -> Callable[..., Received]:
    """Bytes or text as if they had come from a file of that name."""

    def make(content: str | bytes, location: str = "a.txt", offset: int = 0) -> Received:
        data = content.encode() if isinstance(content, str) else content
        media_type = SUFFIX_TYPES.get(location.rsplit(".", 1)[-1], "application/octet-stream")
        return Received(location, location, offset, media_type, data, 0, "file")

    return make


@pytest.fixture
def page(received: Callable[..., Received]) -> Callable[[str], Received]:
    return lambda name: received(PAGES[name], f"{name}.html")
