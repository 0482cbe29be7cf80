"""A reader without scripts: looks at pages, follows links and sends the forms that are there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import Client, TestResponse

from tests.support.practice import PASSWORD

# Everybody asks from an address of their own: how often one may ask is limited.
ADDRESSES = (f"10.{high}.{low}.1" for high in count() for low in range(256))
VOID = frozenset({"input", "meta", "link", "br", "hr", "img", "path", "rect", "circle"})


@dataclass
class Form:
    """A form as it stands in a page: where it goes, what it holds, what its buttons say."""

    method: str
    action: str
    name: str = ""  # by which fields and buttons elsewhere in the page belong to it
    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # text, name, value


class Page(HTMLParser):
    """What a reader finds in a page."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.response = response
        self.status = response.status_code
        self.path = response.request.full_path.rstrip("?")
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []  # text, address
        self.errors: dict[str, str] = {}  # of fields, by their name
        self.heading = self.alert = self.notice = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self._select = ""
        self._pressing: Form | None = None
        if response.mimetype == "text/html":
            self.feed(response.get_data(as_text=True))

    @property
    def text(self) -> str:
        """Everything that is to be read, with single blanks."""
        return " ".join(" ".join(self._texts).split())

    def form(self, button: str) -> Form:
        """The form with a button that says this."""
        found = [form for form in self.forms if any(text == button for text, _, _ in form.buttons)]
        said = [text for form in self.forms for text, _, _ in form.buttons]
        assert len(found) == 1, f"{self.status}: no {button!r} in {said}: {self.text[:500]}"
        return found[0]

    def link(self, text: str) -> str:
        """Where the first link with this text leads."""
        found = [address for said, address in self.links if said == text]
        assert found, f"no link {text!r} among {[said for said, _ in self.links]}"
        return found[0]

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag not in VOID:
            self._open.append((tag, given))
        if tag == "form":
            form = Form(given.get("method", "get"), given.get("action", ""), given.get("id", ""))
            self.forms.append(form)
        elif tag == "a":
            self.links.append(("", given.get("href", "")))
        elif self.forms and tag in ("input", "select", "textarea", "option", "button"):
            self._take(self._form_of(given), tag, given)

    def _form_of(self, given: dict[str, str]) -> Form:
        named = [form for form in self.forms if form.name and form.name == given.get("form")]
        return named[0] if named else self.forms[-1]

    def _take(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "button":
            form.buttons.append(("", name, given.get("value", "")))
            self._pressing = form
        elif tag == "select":
            self._select = name
            form.names.add(name)
        elif tag == "option":
            if "selected" in given or self._select not in form.fields:
                form.fields[self._select] = given.get("value", "")
        elif name:
            form.names.add(name)
            if kind in ("checkbox", "radio") and "checked" not in given:
                return
            if tag == "input" and kind != "file":
                form.fields.add(name, given.get("value", "on" if kind == "checkbox" else ""))

    def handle_startendtag(self, tag: str, attributes: Any) -> None:
        if tag in ("input", "option"):
            self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if {"script", "style", "title"} & {tag for tag, _ in self._open}:
            return
        self._texts.append(data)
        for tag, given in self._open:
            self._say(tag, given.get("id", ""), data)
            if tag == "textarea":
                self.forms[-1].fields[given["name"]] = data

    def _say(self, tag: str, name: str, data: str) -> None:
        if tag == "h1":
            self.heading += data
        if name in ("alert", "notice"):
            setattr(self, name, getattr(self, name) + data)
        elif tag == "a":
            said, address = self.links[-1]
            self.links[-1] = (" ".join(f"{said} {data}".split()), address)
        elif tag == "button" and self._pressing is not None:
            said, *rest = self._pressing.buttons[-1]
            self._pressing.buttons[-1] = (" ".join(f"{said} {data}".split()), *rest)
        elif name in ("alert", "notice"):
            setattr(self, name, getattr(self, name) + data)
        elif tag == "button" and self.forms and self.forms[-1].buttons:
            said, *rest = self.forms[-1].buttons[-1]
            self.forms[-1].buttons[-1] = (" ".join(f"{said} {data}".split()), *rest)
        elif name.endswith("-error"):
            field_name = name.removesuffix("-error")
            self.errors[field_name] = self.errors.get(field_name, "") + data


class Reader:
    """Somebody at a browser: their cookies, and the page before them."""

    def __init__(
        self, application: Any, home: str, language: str = "en", address: str = ""
    ) -> None:
        self.client = Client(application)
        self._from = {"REMOTE_ADDR": address or next(ADDRESSES)}
        self.home = home
        self.language = language
        self.page: Page = Page(
            self.client.get("/log-in", base_url=home, environ_overrides=self._from)
        )

    def open(self, path: str) -> Page:
        """Look at a page of ours, wherever it leads."""
        return self._shown(self._asked("GET", path))

    def follow(self, text: str) -> Page:
        """Follow the first link that says this."""
        return self.open(self.page.link(text))

    def send(self, button: str, **typed: Any) -> Page:
        """Fill in the form with that button and press it; a field that is not there is an error.

        A list is what is ticked; a FileStorage goes as a file.
        """
        form = self.page.form(button)
        unknown = set(typed) - form.names
        assert not unknown, f"no fields {unknown} in the form of {button!r}: {form.names}"
        content = MultiDict[str, Any](form.fields)
        for name, value in typed.items():
            content.setlist(name, value if isinstance(value, list) else [value])
        for text, name, value in form.buttons:
            if text == button and name:
                content[name] = value
        path = form.action or urlsplit(self.page.path).path
        if form.method.lower() == "get":
            return self._shown(self._asked("GET", path, query_string=content))
        here = {"Origin": self.home, "Sec-Fetch-Site": "same-origin"}
        return self._shown(self._asked("POST", path, here, data=content))

    def log_in(self, email: str, password: str = PASSWORD) -> Page:
        """Log in through the page."""
        self.open("/log-in")
        return self.send("Log in", email=email, password=password)

    def _asked(
        self, verb: str, path: str, headers: Mapping[str, str] | None = None, **options: Any
    ) -> TestResponse:
        """What one request brings, always from this reader's own address."""
        return self.client.open(
            path,
            method=verb,
            base_url=self.home,
            environ_overrides=self._from,
            headers={"Accept-Language": self.language, **(headers or {})},
            **options,
        )

    def _shown(self, response: TestResponse) -> Page:
        """Follow the way that is answered: the library would go it from another address."""
        while response.status_code in (301, 302, 303):
            response = self._asked("GET", response.headers["Location"])
        self.page = Page(response)
        return self.page


__all__ = ["FileStorage", "Form", "Page", "Reader"]
