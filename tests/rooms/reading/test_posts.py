"""Plain texts that hold several posts, and those that only look so."""

import pytest

from firstsaid.dates import day
from firstsaid.reading.posts import split_posts

BODIES = [
    "The harbour master said that the crane would be mended before winter. Nobody on the quay believed it, because the crane had been "
    "promised for three winters in a row, and each time the money went to the lighthouse instead, as the council's own papers show.",
    "A new baker opened in the upper town this week. She brings bread from the old ovens of the monastery, and the queue reached down to "
    "the fountain by seven in the morning, which has not been seen since the year when the bridge was closed for the great flood.",
    "The comet was not visible last night because of the clouds, but the observatory will open its doors again on the next clear evening. "
    "Bring a coat and no lamps, the astronomers ask, and come on foot, because the road to the hill is still under repair this month.",
    "The choir sang for the first time since the fire. Its leader thanked the carpenters who had built the new stage from ship timber, and "
    "announced that the summer concert will be held on the square if the weather allows, otherwise in the large hall of the waterworks.",
]
TITLES = ["The crane again", "Bread in the upper town", "No comet yet", "The choir returns"]
DAYS = [20, 18, 18, 11]
HEADS = {
    "weekday": lambda n: f"Thursday, March {DAYS[n]}, 2021",
    "posted by": lambda n: f"Posted on {DAYS[n]} March 2021 by Ada Byron",
    "german": lambda n: f"Veröffentlicht am {DAYS[n]}. März 2021 von Ada",
    "arabic": lambda n: f"نشر في {DAYS[n]} مارس 2021",
    "iso": lambda n: f"2021-03-{DAYS[n]:02d}",
    "bar": lambda n: f"Mar {DAYS[n]}, 2021 | Ada Byron | {n} comments",
}
FOOTERS = {
    "donation": "If you like these notes, please give a coin to the lifeboat.",
    "two lines": "Share this: This That\nLike this:",
    "signature": "Posted by Ada at 10:41 AM\nNo comments:",
    "none": "",
}


def blog(head, footer, *, title_first, undated=()):
    """The page's text and the posts' spans."""
    text, spans = "", []
    for number, body in enumerate(BODIES):
        lines = [TITLES[number]] if number in undated else [TITLES[number], HEADS[head](number)]
        lines = (lines if title_first else lines[::-1]) + [body] + ([FOOTERS[footer]] if FOOTERS[footer] else [])
        post = "\n\n".join(lines)
        spans.append((len(text), len(text) + len(post)))
        text += post + "\n\n"
    return text, spans


@pytest.mark.parametrize("footer", list(FOOTERS))
@pytest.mark.parametrize("title_first", [True, False])
@pytest.mark.parametrize("head", list(HEADS))
def test_posts_go_from_date_or_title_to_the_end_of_the_footer(head, footer, title_first):
    text, spans = blog(head, footer, title_first=title_first)
    posts = split_posts(text)
    assert [(post.start, post.end) for post in posts] == spans
    assert [day(post.published.earliest) for post in posts] == [f"2021-03-{number}" for number in DAYS]
    assert [post.title for post in posts] == TITLES


@pytest.mark.parametrize("title_first", [True, False])
@pytest.mark.parametrize("undated", [(1,), (2, 3), (1, 2, 3)])
def test_a_post_without_a_date_takes_that_of_the_one_above(undated, title_first):
    text, spans = blog("weekday", "two lines", title_first=title_first, undated=undated)
    posts = split_posts(text)
    assert [(post.start, post.end) for post in posts] == spans
    assert [post.published.basis == "previous-post" for post in posts] == [number in undated for number in range(4)]


def test_the_pages_own_head_belongs_to_no_post():
    text, spans = blog("posted by", "donation", title_first=True)
    head = "Quay Notes\n\nWords from the harbour\n\nHome\n\nAbout\n\n"
    posts = split_posts(head + text + "Powered by a mill\n")
    assert [(post.start, post.end) for post in posts] == [(start + len(head), end + len(head)) for start, end in spans]


def test_a_date_at_the_foot_of_each_post_counts():
    text = "\n\n".join(f"{TITLES[n]}\n\n{BODIES[n]}\n\nPosted by Ada on March {DAYS[n]}, 2021 at 10:00" for n in range(4))
    posts = split_posts(text)
    assert [post.title for post in posts] == TITLES
    assert len({post.published.basis for post in posts}) == 1


WHOLE = {
    "article": "The crane again\n\nThursday, March 18, 2021\n\n" + "\n\n".join(BODIES),
    "subheadings": "The crane\n\n18 March 2021\n\n" + "\n\n".join(f"{title}\n\n{body}" for title, body in zip(TITLES, BODIES, strict=True)),
    "chronology": "A year on the quay\n\n" + "\n\n".join(f"{n + 3} March 2021\n\n{BODIES[n]}" for n in range(4)),
    "titled chronology": "A year on the quay\n\n" + "\n\n".join(f"{n + 3} March 2021\n\n{TITLES[n]}\n\n{BODIES[n]}" for n in range(4)),
    "events": "Events\n\n" + "\n\n".join(f"{n} May 2021\n\nReading {n} in the library\n\nDoors open at seven." for n in range(4, 20)),
    "interview": "An interview\n\n4 May 2021\n\n" + "\n\n".join(f"Firstsaid: What about it?\n\n{body}" for body in BODIES),
    "minutes": "Minutes of the council\n\n4 May 2021\n\n"
    + "\n\n".join(f"Item {n}\n\n{BODIES[n]}\n\nThe motion was carried." for n in range(4)),
    "promos": "The crane again\n\n18 March 2021\n\n" + "\n\n".join(f"{body}\n\nAdvertisement" for body in BODIES),
    "digest": "Press review\n\n18 March 2021\n\n"
    + "\n\n".join(f"{TITLES[n]}\n\n{BODIES[n][:90]}\n\nSource: The Alba Post" for n in range(4)),
    "mentions": "The crane\n\n" + "\n\n".join(f"On {n} March 2021 the crane stood still. {BODIES[n]}" for n in range(4)),
    "no dates": "\n\n".join(f"{TITLES[n]}\n\n{BODIES[n]}\n\nShare this: This That" for n in range(4)),
}


@pytest.mark.parametrize("name", list(WHOLE))
def test_what_is_one_text_stays_one(name):
    assert split_posts(WHOLE[name]) == ()


@pytest.mark.parametrize("line", ["a", "4 March 2021", "Share this: a b c", "x " * 50])
def test_many_equal_lines_end_quickly(line):
    split_posts(f"{line}\n" * 20_000)
