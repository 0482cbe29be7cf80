"""No cell of a file that is written here is run, and each is read back as it was."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.formulas import inert, plain
from onboarding.planning import RowVerdict
from onboarding.sheets import read_sheet
from onboarding.showing import write_rows


@pytest.mark.proves("F130")
@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd|x", "-2", "@SUM(1+1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "\uff1d1", "''+1"],
)
def test_what_a_spreadsheet_would_run_is_made_text(cell):
    assert inert(cell) == f"'{cell}"
    assert plain(inert(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Ana", "O'Neil", "'Ana'", "1-2", "a=b"])
def test_other_cells_are_left_as_they_are(cell):
    assert inert(cell) == plain(cell) == cell


@pytest.mark.proves("F130")
@given(st.text(st.sampled_from("'=+-@\t\r\n a\uff1d")))
def test_what_was_written_is_read_back(cell):
    assert plain(inert(cell)) == cell
    assert inert(cell)[:1] not in set("=+-@\t\r\uff1d")


@pytest.mark.proves("F130")
def test_a_file_of_rows_holds_no_formula_and_gives_the_cells_back(tmp_path):
    evil = '=HYPERLINK("http://evil.example","x")'
    row = RowVerdict("=file.csv", 2, evil, "refused", "@why")

    write_rows(tmp_path / "refused.csv", [row])

    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        _, written = csv.reader(file)
    ((_, cells),) = read_sheet(tmp_path / "refused.csv").rows
    assert [cell[:2] for cell in written] == ["'=", "2", "'=", "re", "'@", ""]
    assert cells == ["=file.csv", "2", evil, "refused", "@why", ""]
