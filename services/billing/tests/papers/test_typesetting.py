"""Names of any script on paper: no boxes, letters that join, and the way they are read."""

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.papers.paper import Paper, PaperLine
from billing.papers.pdf import render
from billing.typesetting.bidi import reorder, resolve
from billing.typesetting.faces import NAMES as FONTS
from billing.typesetting.faces import face
from billing.typesetting.shaping import SILENT, shape, words
from billing.typesetting.spelling import shown, spelt_out
from services.billing.tests.builders.scripts import NAMES, drawn, fonts


def a_paper(firm_name):
    lines = [PaperLine("Pro Gold license", 1, 17_450, 17_450)]
    return Paper("Receipt", "1", firm_name, [], lines, 17_450, "USD")


def runs(text):
    return [
        run
        for word in words(shown(text))
        for piece, level in word.stretches
        for run in shape(piece, level)
    ]


def read(run):
    in_order = run.glyphs[::-1] if run.level % 2 else run.glyphs
    return "".join(glyph.text for glyph in in_order).replace(SILENT, "")


@pytest.mark.proves("F140")
@pytest.mark.parametrize("script", NAMES)
def test_no_name_is_shown_as_boxes(script):
    name = NAMES[script]

    assert [glyph.number for run in runs(name) for glyph in run.glyphs if not glyph.number] == []
    assert 0 not in drawn(render(a_paper(name)))
    assert "".join(map(read, runs(name))) == name.replace(" ", "")
    assert spelt_out(name) == []


@pytest.mark.parametrize("script", NAMES)
def test_every_font_that_is_used_is_in_the_paper(script):
    for name in fonts(render(a_paper(NAMES[script]))) - {"/Helvetica"}:
        assert name.startswith("/CHMBRS+")


@pytest.mark.proves("F140")
@pytest.mark.parametrize("name", ["مكتب", "پارس", "ܫܠܡܐ"])
def test_letters_that_join_are_joined(name):
    together = {glyph.number for run in runs(name) for glyph in run.glyphs}
    alone = {glyph.number for letter in name for run in runs(letter) for glyph in run.glyphs}

    assert len(together - alone) > 1


@pytest.mark.proves("F140")
@pytest.mark.parametrize("name", ["שלום", "مكتب"])
def test_letters_are_placed_from_right_to_left(name):
    (run,) = runs(name)
    places = [next(glyph.x for glyph in run.glyphs if glyph.text == letter) for letter in name]

    assert places == sorted(places, reverse=True)
    assert len(set(places)) == len(name)


def as_displayed(text):
    leveled = list(zip(text, resolve(text), strict=True))
    return "".join(character for character, _ in reorder(leveled, lambda one: one[1]))


@pytest.mark.proves("F140")
@pytest.mark.parametrize(
    ("written", "displayed"),
    [
        ("אבג", "גבא"),
        ("אב 12 גד", "דג 12 בא"),
        ("Ash (אב) & Co", "Ash (בא) & Co"),
        ("אב (Ash)", ")Ash( בא"),  # the brackets are turned when they are drawn
        ("אב 12/3 ש 5%", "5% ש 12/3 בא"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_text_of_two_directions_is_ordered(written, displayed):
    assert as_displayed(written) == displayed


LETTERS = "ab אבג مكت 12٣ +-/,.:()[]%$€&!ֹ"


@given(st.text(LETTERS, min_size=1, max_size=24).map(str.strip).filter(bool))
@settings(max_examples=400, deadline=None)
def test_any_text_is_ordered_as_the_standard_has_it(text):
    """Asked of another implementation of it."""
    assert as_displayed(text) == get_display(text)


@pytest.mark.proves("F140")
def test_a_character_that_no_font_has_is_there_as_its_number_and_explained():
    assert shown("𒀀 office") == "[U+12000] office"
    assert spelt_out("𒀀 office 𒀀") == ["𒀀"]
    assert 0 not in drawn(render(a_paper("𒀀 office")))


def test_signs_without_a_shape_are_gone_and_those_that_join_stay():
    assert shown("a\u202eb\u2066c\x07d\u00ad") == "abcd"
    assert shown("मर\u200cद") == "मर\u200cद"
    assert shown("  two\n words\t") == "two words"


def test_a_character_in_two_pieces_is_one():
    assert shown("e\u0301") == "é"
    assert spelt_out("e\u0301") == []


@pytest.mark.parametrize("name", FONTS)
def test_every_font_comes_with_billing_and_can_be_asked(name):
    assert face(name).ascent > 0 > face(name).descent
    assert len(face(name).box) == 4
