"""Logging in, in a browser."""


def test_a_stranger_is_asked_to_log_in_and_told_what_is_wrong(somebody):
    ana = somebody("Ana Meyer")
    ana.open("/clients")
    ana.at_path("/log-in")

    ana.log_in(password="not the password at all")

    ana.sees("Log in", "h1")
    assert ana.part("#alert").evaluate("one => one === document.activeElement")
    assert ana.part("[name=email]").input_value() == ana.email
