"""How a typed list of people is read."""

import pytest

from gateway.pages.guests import Guest, read


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        ("Ana Meyer <ana@example.com>", Guest("Ana Meyer", "ana@example.com")),
        ('"Meyer, Ana" <ana@example.com>,', Guest("Meyer, Ana", "ana@example.com")),
        ("Ana Meyer, ana@example.com", Guest("Ana Meyer", "ana@example.com")),
        ("Ana Meyer;ana@example.com;", Guest("Ana Meyer", "ana@example.com")),
        ("Ana Meyer\tana@example.com", Guest("Ana Meyer", "ana@example.com")),
        ("  ana@example.com ", Guest("", "ana@example.com")),
        ("nonsense", Guest("", "nonsense")),
    ],
)
def test_a_line_is_read_as_people_write_and_paste_it(line: str, guest: Guest) -> None:
    assert read({"people": line, "name": "", "email": ""}) == [guest]


def test_a_list_goes_before_the_one_person_and_blank_lines_are_left_out() -> None:
    typed = {"people": "a@example.com\n\nb@example.com\n", "name": "C", "email": "c@example.com"}

    assert [guest.email for guest in read(typed)] == ["a@example.com", "b@example.com"]
    assert read({**typed, "people": ""}) == [Guest("C", "c@example.com")]
