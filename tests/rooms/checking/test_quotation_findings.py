FIRE = "The sirens stayed silent because nobody had charged the batteries since the spring"


def kinds(found):
    return [finding.kind for finding in found]


def two(corpus, left, right, speakers=("Anna Lind", "Lind"), outlets=("Courier", "Post"), days=("2024-05-01", "2024-05-02"), **more):
    for words, speaker, outlet, day in zip((left, right), speakers, outlets, days, strict=True):
        document = corpus.add(f"The council met again. “{words},” said {speaker or 'somebody'} on Monday.", outlet, day, **more)
        corpus.quote(document, words, speaker)
    return corpus.findings()


def test_a_changed_word_in_a_quotation_is_found(corpus):
    found = two(corpus, FIRE, FIRE.replace("charged", "replaced"))
    assert kinds(found) == ["quotation-altered"]
    assert "“replaced” for “charged”" in found[0].why
    assert "Courier, 2024-05-01" in found[0].why
    assert "Post, 2024-05-02" in found[0].why


def test_a_lost_not_weighs_more_than_a_changed_word(corpus):
    said = "I am not convinced that the old boiler will last another winter"
    found = two(corpus, said, said.replace("not ", ""))
    assert kinds(found) == ["quotation-altered"]
    assert "leaves out “not”" in found[0].why


def test_a_short_quotation_with_a_changed_number_is_found(corpus):
    assert kinds(two(corpus, "We sent back six trucks in two days", "We sent back sixty trucks in two days")) == ["quotation-altered"]


def test_marked_ellipsis_is_fair(corpus):
    said = "These pipes were laid by people who worked from memory, and they have served the town for a century"
    assert two(corpus, said, "These pipes … have served the town for a century") == []


def test_an_ellipsis_that_swallows_a_not_is_found(corpus):
    assert kinds(two(corpus, "We will not raise the fare on the night boat", "We will … raise the fare on the night boat")) == [
        "quotation-altered"
    ]


def test_brackets_are_fair(corpus):
    assert (
        two(
            corpus,
            "We are keeping it open as long as we can afford the heating",
            "We are keeping [the pool] open as long as we can afford the heating",
        )
        == []
    )


def test_typography_is_no_finding(corpus):
    assert two(corpus, "It’s a fine day for the bridge – and the town", "it's a fine day for the bridge - and the town") == []


def test_translations_are_quiet(corpus):
    document = corpus.add(f"“{FIRE},” said Lind.", "Courier", language="en")
    corpus.quote(document, FIRE, "Lind")
    other = corpus.add(f"„{FIRE.replace('charged', 'geladen')}“, sagte Lind.", "Bote", language="de")
    corpus.quote(other, FIRE.replace("charged", "geladen"), "Lind")
    assert corpus.findings() == []


def test_another_sentence_by_the_same_speaker_is_quiet(corpus):
    assert (
        two(corpus, "We will look at the roof in the spring and then decide", "We will look at the books in the autumn and then report")
        == []
    )


def test_the_same_outlet_weeks_later_is_quiet(corpus):
    assert two(corpus, FIRE, FIRE.replace("spring", "autumn"), outlets=("Courier", "Courier"), days=("2024-05-01", "2024-05-20")) == []


def test_typing_errors_are_quiet(corpus):
    assert two(corpus, FIRE, FIRE.replace("batteries", "baterries")) == []


def test_a_quotation_that_stops_before_unless_is_found(corpus):
    said = "The library on Fell Street will stay open, unless we fail to find a tenant by June"
    found = two(corpus, said, "The library on Fell Street will stay open")
    assert kinds(found) == ["quotation-cut"]
    assert "stops before “unless”" in found[0].why


def test_leaving_off_thanks_is_fair(corpus):
    said = "Nobody came here to close a reading room, and I thank all who wrote to us"
    assert two(corpus, said, "Nobody came here to close a reading room") == []


def test_two_sentences_joined_without_a_mark_are_found(corpus):
    speech = (
        "The tower is a handsome piece of work and its masons should be proud. I climbed it twice and I counted every step of it. "
        "The clock is another matter, it costs more than the school, and I cannot vote for it tonight"
    )
    document = corpus.add(f"Councillor Reyes said: “{speech}.”", "Council", "2024-05-01")
    corpus.quote(document, speech, "Reyes")
    joined = "The tower is a handsome piece of work and its masons should be proud. I cannot vote for it tonight"
    other = corpus.add(f"“{joined},” said Reyes.", "Courier", "2024-05-03")
    corpus.quote(other, joined, "Reyes")
    assert kinds(corpus.findings()) == ["quotation-stitched"]


def test_two_halves_parted_only_by_said_are_fair(corpus):
    first, second = "Call us, write to us or stop one of us in the street", "We would rather answer twice than be asked in anger"
    document = corpus.add(f"“{first},” said Ines Orr. “{second}.”", "Board", "2024-05-01")
    corpus.quote(document, first, "Ines Orr")
    corpus.quote(document, second, "Ines Orr")
    other = corpus.add(f"“{first}. {second},” said Orr.", "Lantern", "2024-05-03")
    corpus.quote(other, f"{first}. {second}", "Orr")
    assert corpus.findings() == []


def test_a_quotation_is_held_against_the_speakers_own_text(corpus):
    corpus.add("We will not raise the fare before the new boats are in service. That is our word.", "Ferry Company", "2024-05-01")
    other = corpus.add("“We will raise the fare before the new boats are in service,” the Ferry Company said.", "Post", "2024-05-02")
    corpus.quote(other, "We will raise the fare before the new boats are in service", "Ferry Company")
    assert kinds(corpus.findings()) == ["quotation-altered"]


def test_equal_words_given_to_two_people_are_found(corpus):
    found = two(corpus, FIRE, FIRE, speakers=("Anna Lind", "Karl Berg"))
    assert kinds(found) == ["quotation-two-speakers"]
    assert "Anna Lind" in found[0].why
    assert "Karl Berg" in found[0].why


def test_title_and_surname_are_the_same_speaker(corpus):
    assert two(corpus, FIRE, FIRE, speakers=("Mayor Anna Lind", "Ms Lind")) == []


def test_pronouns_and_roles_are_no_other_speaker(corpus):
    assert two(corpus, FIRE, FIRE, speakers=("Anna Lind", "she")) == []
    assert two(corpus, FIRE, FIRE, speakers=("Anna Lind", "the mayor")) == []


def test_unnamed_speakers_are_quiet(corpus):
    left = corpus.add(f"“{FIRE},” said Anna Lind.", "Courier")
    corpus.quote(left, FIRE, "Anna Lind")
    right = corpus.add(f"“{FIRE},” an official said.", "Post")
    corpus.quote(right, FIRE, "Official", speaker_is_unnamed=True)
    assert corpus.findings() == []


def test_a_spokesperson_speaks_for_the_body(corpus):
    left = corpus.add(f"“{FIRE},” said Ines Orr, a spokeswoman for the Water Board.", "Courier")
    corpus.quote(left, FIRE, "Ines Orr")
    right = corpus.add(f"“{FIRE},” the Water Board said.", "Post")
    corpus.quote(right, FIRE, "Water Board")
    assert corpus.findings() == []


def test_joined_names_are_the_same_speaker(corpus):
    left = corpus.add(f"“{FIRE},” said Yusuf Amin.", "Courier")
    corpus.quote(left, FIRE, "Yusuf Amin", name_id="n1")
    right = corpus.add(f"“{FIRE},” said Youssef Ameen.", "Post")
    corpus.quote(right, FIRE, "Youssef Ameen", name_id="n1")
    assert corpus.findings() == []


def test_many_copies_of_one_alteration_are_one_finding(corpus):
    for number in range(6):
        words = FIRE if number < 3 else FIRE.replace("charged", "replaced")
        document = corpus.add(f"“{words},” said Lind.", f"Outlet {number}", f"2024-05-0{number + 1}")
        corpus.quote(document, words, "Lind")
    found = corpus.findings()
    assert kinds(found) == ["quotation-altered"]
    assert found[0].n_similar == 3


def test_of_a_mixed_quotation_only_the_marked_words_count(corpus):
    left = corpus.add("Lind said: “We expect that further repairs to the sea wall will be needed.”", "Courier", "2024-05-01")
    corpus.quote(left, "We expect that further repairs to the sea wall will be needed.", "Lind")
    right = corpus.add("Lind said the town “expect that further repairs to the sea wall will be needed” soon.", "Post", "2024-05-02")
    corpus.quote(right, "the town “expect that further repairs to the sea wall will be needed” soon", "Lind", "mixed")
    assert corpus.findings() == []


SWAP = "This is very good news for {} and I commend the swift action of the governor and of his staff."


def test_one_form_of_words_for_two_places_is_no_alteration(corpus):
    for place, outlet in (("Carrick", "Courier"), ("Dunmere", "Post")):
        document = corpus.add(f"{place} will be helped after the fire in {place}. “{SWAP.format(place)}” said Lind.", outlet)
        corpus.quote(document, SWAP.format(place), "Anna Lind")
    assert corpus.findings() == []


def test_an_attribution_that_lost_its_marks_is_no_part_of_what_was_said(corpus):
    own = "We need firm marks on the quay, said Councillor Anna Lind. The boats must be able to find them in the fog."
    corpus.add(own, "Anna Lind", "2024-05-01", title="Anna Lind on the quay")
    text = "“We need firm marks on the quay. The boats must be able to find them in the fog,” said Anna Lind."
    document = corpus.add(text, "Post", "2024-05-02")
    corpus.quote(document, "We need firm marks on the quay. The boats must be able to find them in the fog", "Anna Lind")
    assert corpus.findings() == []


def test_an_addressee_is_no_speaker(corpus):
    for text, speaker, outlet in (
        (f"Speaking to the Harbour Council she said: “{FIRE}”", "Harbour Council", "Courier"),
        (f"“{FIRE}” said Anna Lind.", "Anna Lind", "Post"),
    ):
        document = corpus.add(text, outlet)
        start = text.index(speaker)
        corpus.quote(document, FIRE, speaker, speaker_start=start, speaker_end=start + len(speaker))
    assert corpus.findings("quotation-two-speakers") == []
