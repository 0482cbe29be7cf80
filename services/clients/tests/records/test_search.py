import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.records.search import MAX_TERMS, fold, search_text, sort_name, terms


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("  Zoë  WEISS ", "zoe weiss"), ("Weiß", "weiss"), ("Çelik", "celik"), ("ﬁrm", "firm")],
)
def test_case_accents_and_blanks_do_not_count(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_clients_are_sorted_by_family_name():
    assert sort_name("Ann", "Zimmer", "Ann Zimmer") == "zimmer ann"
    assert sort_name(None, "Zimmer", "Zimmer") == "zimmer"
    assert sort_name(None, None, "The Zimmers") == "the zimmers"
    assert sort_name("Ann", None, "Ann") == "ann"


@pytest.mark.parametrize("letter", ["a", "ж", "漢", "\U0001d518", "\U0002070e"])
def test_what_is_indexed_fits_an_index_entry_in_any_script(letter):
    name = sort_name(letter * 200, letter * 200, "")
    text = search_text([letter * 200] * 20, ["+491701234567"] * 10)

    assert len(name.encode()) <= 600
    assert len(text.encode()) <= 1_500
    assert fold(name) == name


@pytest.mark.parametrize(
    "typed",
    [
        "0170 123",
        "+49 170 123",
        "0049170123",
        "(0170) 12-3",
        "70123",
        "\u0660\u0661\u0667\u0660 \u0661\u0662\u0663",
    ],
)
def test_a_phone_number_is_found_however_it_is_dialled(typed):
    text = search_text(["Ann"], ["+491701234567"])

    assert all(any(one in text for one in term) for term in terms(typed))


def test_each_word_is_a_term_and_their_number_is_limited():
    assert terms("Ann  WEISS") == [["ann"], ["weiss"]]
    assert terms("") == []
    assert terms(" ") == []
    assert len(terms("a b c d e f g h i j")) == MAX_TERMS


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_client_is_found_by_any_name_as_typed(given_name, family_name):
    text = search_text([given_name, family_name], [])

    for [word] in terms(f"{given_name} x"):
        assert word in text or word == "x"
