"""Who says what through whom: the table, its picture, and the way to the words."""

from __future__ import annotations

import re

from firstsaid.showing.drawing_matrix import draw_matrix
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import Links
from firstsaid.showing.speaker_view import MOST_COLUMNS, MOST_ROWS, OTHERS, UNNAMED, speakers
from firstsaid.showing.views import MatrixRow


def view(case, **asked):
    return speakers(Lines(case, Links()), **asked)


def test_the_picture_and_its_table_have_the_same_numbers(case):
    matrix = view(case).matrix
    assert sum(first + relayed for row in matrix.rows for first, relayed, _ in row.cells) == view(case).n_quotations == 4
    by_name = {row.name: row for row in matrix.rows}
    assert by_name["Ilse Maren"].n_first_hand == 2
    assert OTHERS not in by_name
    assert UNNAMED not in by_name
    assert matrix.svg.count("<circle") == sum(bool(n) for row in matrix.rows for first, relayed, _ in row.cells for n in (first, relayed))
    assert "4 quotations with a speaker, 0 of them told by somebody else" in matrix.summary


def test_the_picture_is_never_larger_than_one_can_read():
    assert (MOST_ROWS + 2) * (MOST_COLUMNS + 1) <= 300


def test_a_mark_leads_to_the_words_through_that_outlet(case):
    row = next(row for row in view(case).matrix.rows if row.name == "Ilse Maren")
    links = [href for first, relayed, href in row.cells if first or relayed]
    assert links == ["/speakers?name=Ilse%20Maren&outlet=Harbour%20Lantern", "/speakers?name=Ilse%20Maren&outlet=Kelsen%20Post"]
    narrowed = view(case, name="Ilse Maren", outlet="Kelsen Post")
    assert [one.text for one in narrowed.speakers[0].quotations] == ["We had warned the board"]
    assert not view(case, name="Ilse Maren", hand="relayed").speakers[0].quotations


def test_a_speaker_is_found_by_the_spelling_that_a_text_has(own_case):
    from firstsaid.corpus import Corpus
    from firstsaid.store import connect

    with Corpus(own_case, connect.connect(own_case)) as corpus:
        with connect.transaction(corpus.connection):
            corpus.connection.execute("UPDATE quotation SET speaker_name = 'Mrs Maren', name_id = 's1' WHERE speaker_name = 'Ilse Maren'")
            corpus.connection.execute(
                "UPDATE quotation SET speaker_name = 'tomas brandt', speaker_is_unnamed = 1 WHERE speaker_name = 'Tomas Brandt'"
            )
        assert view(corpus, name="Mrs Maren").chosen == "Ilse Maren"
        assert len(view(corpus, name="Mrs Maren").speakers[0].quotations) == 2
        assert view(corpus).n_unnamed == 1
        assert UNNAMED in {row.name for row in view(corpus).matrix.rows}


def test_words_told_on_are_rings_and_named_in_a_table_of_their_own(own_case):
    from firstsaid.corpus import Corpus
    from firstsaid.store import connect

    with Corpus(own_case, connect.connect(own_case)) as corpus:
        connection = corpus.connection
        with connect.transaction(connection):
            (parent,) = connection.execute("SELECT id FROM quotation WHERE speaker_name = 'Tomas Brandt'").fetchone()
            connection.execute("UPDATE quotation SET parent_id = ? WHERE speaker_name = 'Ilse Maren'", (parent,))
        shown = view(corpus)
        assert shown.n_relayed == 2
        assert [(relay.name, relay.through, relay.n_quotations) for relay in shown.relays] == [("Ilse Maren", "Tomas Brandt", 2)]
        assert shown.matrix.svg.count('class="ring"') == 2
        assert len(view(corpus, name="Ilse Maren", hand="relayed").speakers[0].quotations) == 2
        assert view(corpus, name="Ilse Maren", hand="relayed").speakers[0].quotations[0].role == "as told by Tomas Brandt"


def test_hostile_names_draw_nothing():
    row = MatrixRow('"><script>x</script>', "/speakers?name=%22", ((3, 0, "/a?b=1&c=2"),), 3, 0, True, False)
    svg = draw_matrix(['<b>out"let'], [row])
    assert "<script" not in svg
    assert "<b>" not in svg
    assert re.search(r'href="/a\?b=1&amp;c=2"', svg)
