"""What a visit reads of its address."""

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from gateway.typed import LONGEST_CURSOR, Typed


def test_a_cursor_is_as_long_as_services_make_it_and_no_cursor_is_none() -> None:
    typed = Typed()
    typed.request = Request(EnvironBuilder(query_string={"cursor": "c" * 500}).get_environ())
    assert typed.cursor == "c" * 500

    typed.request = Request(EnvironBuilder(query_string={"cursor": "c" * 2_000}).get_environ())
    assert typed.cursor == "c" * LONGEST_CURSOR

    typed.request = Request(EnvironBuilder().get_environ())
    assert typed.cursor is None
