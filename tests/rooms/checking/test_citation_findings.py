from firstsaid.model import digest


def test_dangling_pointers_of_one_document_are_one_finding(corpus):
    document = corpus.add("The cost rose.1 The yard disagrees.2 See the table below.", "Lantern")
    corpus.cite(document, "1", form="footnote_marker", number=1)
    corpus.cite(document, "2", form="footnote_marker", number=2, resolves=False, reason="there is no note 2")
    corpus.cite(document, "the table below", resolves=False, reason="no table follows")
    found = corpus.findings("citation-dangling")
    assert len(found) == 1
    assert found[0].n_similar == 2
    assert "footnote 2 points to nothing: there is no note 2" in found[0].why


def test_pointers_that_resolve_are_quiet(corpus):
    document = corpus.add("The cost rose.1", "Lantern")
    corpus.cite(document, "1", form="footnote_marker", number=1)
    assert corpus.findings() == []


def credit(corpus, text, outlet, named, day="2024-05-01"):
    document = corpus.add(text, outlet, day)
    corpus.cite(document, named, target=named)
    return document


def test_two_that_credit_each_other_are_found(corpus):
    credit(corpus, "The mast of the Ondine was sold for 700 crowns, the Courier reported.", "Harbour Post", "Courier", "2024-05-01")
    credit(corpus, "As the Harbour Post wrote, the mast of the Ondine fetched 700 crowns.", "Courier", "Harbour Post", "2024-05-02")
    found = corpus.findings("circular-citation")
    assert len(found) == 1
    assert "credits Courier" in found[0].why
    assert "credits Harbour Post" in found[0].why


def test_a_circle_over_three_is_found(corpus):
    credit(corpus, "The mast of the Ondine was sold for 700 crowns, the Courier reported.", "Post", "Courier")
    credit(corpus, "The mast of the Ondine brought 700 crowns, the Mail reported.", "Courier", "Mail")
    credit(corpus, "The mast of the Ondine went for 700 crowns, the Post reported.", "Mail", "Post")
    assert len(corpus.findings("circular-citation")) == 1


def test_credits_for_different_things_are_quiet(corpus):
    credit(corpus, "The mast of the Ondine was sold for 700 crowns, the Courier reported.", "Post", "Courier", "2024-05-01")
    credit(corpus, "As the Post wrote, the library will shut its upper floor in June.", "Courier", "Post", "2024-05-02")
    assert corpus.findings("circular-citation") == []


def test_a_follow_up_a_year_later_is_quiet(corpus):
    credit(corpus, "The mast of the Ondine was sold for 700 crowns, the Courier reported.", "Post", "Courier", "2023-05-01")
    credit(corpus, "As the Post wrote, the mast of the Ondine fetched 700 crowns.", "Courier", "Post", "2024-05-02")
    assert corpus.findings("circular-citation") == []


STONE = (
    "The bridge would cross the narrows on three piers of stone, of which the first courses were laid last year and have "
    "since been used chiefly "
    "by cormorants, who seem content with the height."
)


def lent(corpus, credited="Coastwire", parent_tail=""):
    parent = corpus.add(STONE + parent_tail, "Courier", "2024-05-01")
    corpus.add("Rain is on its way.", "Coastwire", "2024-05-01")
    child = credit(corpus, f"The council waits, {credited} reports. {STONE}", "Gazette", credited, "2024-05-02")
    corpus.family([(parent, STONE), (child, STONE)], [(0, 1)])
    return corpus.findings("credited-elsewhere")


def test_words_of_one_credited_to_another_are_found(corpus):
    found = lent(corpus)
    assert len(found) == 1
    assert "credits Coastwire" in found[0].why
    assert "earlier in Courier" in found[0].why


def test_credit_to_the_right_one_is_quiet(corpus):
    assert lent(corpus, "Courier") == []


def test_credit_that_the_parent_gives_too_is_quiet(corpus):
    assert lent(corpus, parent_tail=" This is from Coastwire.") == []


def test_a_link_to_something_dated_later_is_found(corpus):
    later = corpus.add("The count was repeated.", "Post", "2024-07-01")
    earlier = corpus.add("See the repeated count here.", "Courier", "2024-05-01")
    corpus.cite(earlier, "here", form="link", resolved_document_id=later.id)
    assert len(corpus.findings("dates-disagree")) == 1


def test_a_link_to_something_undated_is_quiet(corpus):
    later = corpus.add("The count was repeated.", "Post", None)
    earlier = corpus.add("See the repeated count here.", "Courier", "2024-05-01")
    corpus.cite(earlier, "here", form="link", resolved_document_id=later.id)
    assert corpus.findings() == []


def test_ids_do_not_depend_on_the_order_of_documents(corpus):
    document = corpus.add("See the table below.", "Lantern")
    corpus.cite(document, "the table below", resolves=False)
    before = corpus.findings()
    corpus.add("Another text.", "Post")
    corpus.documents.reverse()
    assert corpus.findings() == before
    assert before[0].id != digest("")


def test_an_export_without_any_link_or_note_is_not_blamed_on_its_author(corpus):
    document = corpus.add("To read the letter click here. The cost rose.[3]", "Lantern")
    corpus.cite(document, "click here", form="link", resolves=False, reason="link text without an address")
    corpus.cite(document, "[3]", form="footnote_marker", number=3, resolves=False, reason="no note 3")
    assert corpus.findings("citation-dangling") == []


def test_a_lost_link_is_found_where_the_outlet_has_others(corpus):
    document = corpus.add("To read the letter click here. More in the minutes.", "Lantern")
    corpus.cite(document, "click here", form="link", resolves=False, reason="link text without an address")
    corpus.cite(document, "the minutes", form="link", target="https://lantern.example/minutes")
    assert len(corpus.findings("citation-dangling")) == 1


def test_a_table_of_that_number_is_missed_where_others_are_there(corpus):
    document = corpus.add("See Table 1 and see Table 4.", "Lantern")
    corpus.cite(document, "Table 4", number=4, resolves=False, reason="no table 4 in this document")
    assert corpus.findings("citation-dangling") == []
    corpus.cite(document, "Table 1", number=1)
    assert len(corpus.findings("citation-dangling")) == 1
