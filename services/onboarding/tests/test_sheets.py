"""A CSV file is read as it comes, whoever exported it."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.encodings import UnknownEncoding, decoded
from onboarding.formulas import plain
from onboarding.sheets import DELIMITERS, SheetProblem, parsed, read_sheet

WRITTEN = "Name;Notes\r\nJürgen Weiß;zahlt in €\r\n"
HEADERS = ["Name", "Notes", "Phone"]
WINDOWS = "aZ 1'-äßéøñ…€"
ALL = WINDOWS + "Łğ語🙂"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        (WRITTEN.encode(), "utf-8"),
        (WRITTEN.encode("utf-8-sig"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + WRITTEN.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + WRITTEN.encode("utf-16-be"), "utf-16"),
        (WRITTEN.encode("utf-16-le"), "utf-16-le"),
        (WRITTEN.encode("utf-16-be"), "utf-16-be"),
        (WRITTEN.encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_found_out(tmp_path, encoded, encoding):
    (tmp_path / "export.csv").write_bytes(encoded)

    sheet = read_sheet(tmp_path / "export.csv")

    assert (sheet.encoding, sheet.delimiter) == (encoding, ";")
    assert sheet.rows == [(2, ["Jürgen Weiß", "zahlt in €"])]


def test_utf_16_is_recognised_in_a_script_that_has_no_zeros():
    text = "顧客;電話\r\n漢字;123\r\n"

    assert decoded(text.encode("utf-16-le")) == (text, "utf-16-le")
    assert decoded(text.encode("utf-16-be")) == (text, "utf-16-be")


@pytest.mark.parametrize("content", [b"\xff\xfea", b"a\0b\0c", b"Name\r\n\x81"])
def test_what_cannot_be_decoded_is_said(content):
    with pytest.raises(UnknownEncoding, match="save the file as UTF-8"):
        decoded(content)


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_the_one_between_the_headers(delimiter):
    text = (
        delimiter.join(["Name", '"Notes, ; | or what"', "Tel"]) + "\n" + delimiter.join("a,b"[::2])
    )

    assert parsed(text).delimiter == delimiter


def test_quotes_hold_delimiters_newlines_and_quotes():
    text = 'Name,Notes\n"Weiß, Ana","says ""hello""\nand\r\ngoes"\n'

    [(line, cells)] = parsed(text).rows

    assert line == 2
    assert cells == ["Weiß, Ana", 'says "hello"\nand\r\ngoes']


def test_rows_keep_the_line_on_which_they_begin():
    text = '\nName,Notes\n"a","one\ntwo\nthree"\n\n,\nb,x\n'

    assert [line for line, _ in parsed(text).rows] == [3, 8]


def test_a_header_may_have_several_lines():
    sheet = parsed('"Name\nof client";Phone\nAna;1\n')

    assert (sheet.headers, sheet.rows[0][0]) == (["Name\nof client", "Phone"], 3)


@pytest.mark.parametrize("hint", ["sep=;", "SEP=;\r"])
def test_excels_own_line_names_the_delimiter_and_counts_as_a_line(hint):
    sheet = parsed(f"{hint}\nA,B,C;D\n1,2,3;4\n")

    assert sheet.rows == [(3, ["1,2,3", "4"])]


def test_columns_of_one_name_are_kept_apart():
    assert parsed("Phone,Phone,Phone\n1,2,3\n").headers == ["Phone", "Phone (2)", "Phone (3)"]


def test_short_rows_are_fine_and_empty_cells_at_the_end_too():
    assert parsed("A,B\n1\n2,3,,\n").rows == [(2, ["1"]), (3, ["2", "3"])]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no rows"),
        ("Name,Phone\n", "no rows"),
        ('"Name\nAna\n', "line 1: A quote .* never closed"),
        ('"Na"me,Phone\nAna,1\n', "line 1: A quote .* in the middle"),
    ],
)
def test_what_is_no_table_is_said_with_its_line(text, says):
    with pytest.raises(SheetProblem, match=says):
        parsed(text)


@pytest.mark.proves("F132")
@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("3,4,5", "3 cells, but 2 headers"),
        ('"open,x', "never closed"),
        ('"a"b,x', "in the middle of a cell"),
    ],
)
def test_a_row_that_is_none_is_said_with_its_line_and_text_and_the_others_are_read(row, says):
    sheet = parsed(f"Name,Phone\n1,2\n{row}\n6,7\n")

    (bad,) = sheet.bad
    assert sheet.rows == [(2, ["1", "2"]), (4, ["6", "7"])]
    assert (bad.line, bad.text) == (3, row)
    assert says in bad.why


def test_a_thousand_quotes_that_are_never_closed_take_no_time():
    rows = "".join(f'"open {number},x\n' for number in range(1_000))

    assert len(parsed(f"Name,Phone\n{rows}").bad) == 1_000


def test_a_problem_names_the_file(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")

    with pytest.raises(SheetProblem, match=r"empty\.csv: "):
        read_sheet(tmp_path / "empty.csv")


@given(st.data(), st.sampled_from(ENCODINGS), st.sampled_from(DELIMITERS), st.booleans())
def test_whatever_was_written_is_read(data, encoding, delimiter, unix):
    letters = WINDOWS if encoding == "cp1252" else ALL
    signs = "".join(["\n", '"', *DELIMITERS])
    cell = st.text(st.sampled_from(letters + signs), max_size=12).map(str.strip)
    rows = data.draw(st.lists(st.lists(cell, min_size=3, max_size=3).filter(any), min_size=1))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n" if unix else "\r\n")
    writer.writerows([HEADERS, *rows])
    content = text.getvalue().encode(encoding)

    # What is in Windows-1252 does not always show.
    sheet = parsed(*decoded(content, encoding if encoding == "cp1252" else None))

    assert sheet.delimiter == delimiter
    assert [cells for _, cells in sheet.rows] == [[plain(cell) for cell in row] for row in rows]
