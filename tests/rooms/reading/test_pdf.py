"""PDF files: lines become paragraphs, running heads are marked, and files without text are a problem."""

from firstsaid.model import Received
from firstsaid.reading import read


def pdf(pages):
    """A PDF with lines of text: each page is a list of (x, y, words)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"BT /F1 12 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in lines).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        contents = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % contents
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def intake(data, location="report.pdf"):
    return read(Received(location, location, 0, "application/pdf", data, 0, "file"))


STORY = [
    (72, 760, "The harbour board met on 3 May 2024 and"),
    (72, 745, "agreed to sell the old crane."),
    (72, 715, "Its chair said nothing more. She left by"),
    (72, 700, "the back door."),
]


def test_lines_near_each_other_are_a_paragraph():
    found = intake(pdf([STORY]))
    assert found.text == (
        "The harbour board met on 3 May 2024 and\nagreed to sell the old crane.\n\nIts chair said nothing more. She left by\nthe back door."
    )
    assert [found.text[item.start : item.end].split("\n")[0] for item in found.layout] == [
        "The harbour board met on 3 May 2024 and",
        "Its chair said nothing more. She left by",
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    found = intake(pdf([[(72, 760, "The crane was sold to a man from the")], [(72, 760, "north, who paid in coins.")]]))
    assert found.text == "The crane was sold to a man from the\nnorth, who paid in coins."


def test_running_heads_with_page_numbers_are_marked():
    pages = [
        [(72, 800, f"Harbour report, page {n}"), (72, 760, f"Sentence {word} is here.")] for n, word in enumerate(("one", "two", "six"))
    ]
    found = intake(pdf(pages))
    heads = [found.text[item.start : item.end] for item in found.layout if item.kind == "boilerplate"]
    assert heads == ["Harbour report, page 0", "Harbour report, page 1", "Harbour report, page 2"]


def test_pages_of_pictures_and_damaged_files_are_a_problem_with_advice():
    assert intake(pdf([[]])).problems[0].kind == "no-text"
    assert intake(b"%PDF-1.4 and then nothing of the kind").problems[0].kind == "damaged"


def test_only_so_many_pages_are_read_and_that_is_said(monkeypatch):
    monkeypatch.setattr("firstsaid.reading.pdf.MAX_PAGES", 1)
    found = intake(pdf([STORY, STORY]))
    assert "truncated" in [problem.kind for problem in found.problems]
