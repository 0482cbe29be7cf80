"""The shapes that all services share: strict requests, tolerant events, limited texts."""

import re
import unicodedata
from itertools import chain, islice
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from chassis import addresses, names
from chassis.errors import AddressRefused, BadRequest
from chassis.paging import DEFAULT_LIMIT, MAX_LIMIT

EMAIL_MAX = addresses.LONGEST
NAME_MAX = 200
MESSAGE_MAX = 2_000
TEXT_MAX = 10_000
# Of the Web or of mail, in a text after NFKC: a scheme, www., an @, or a domain with a path.
_ADDRESS = re.compile(r"://|\bwww\d*\.|@|[^\W_][\w-]*\.[^\W\d_][\w-]+(:\d+)?[/?#]\S", re.IGNORECASE)
MOST_NAMED = 100  # fields that one refusal names; a request may have thousands


class Request(Schema):
    """What a caller may send: a field it does not know is refused, never ignored."""

    class Meta:
        unknown = RAISE

    def load(self, data: Any, **options: Any) -> Any:
        """Return ``data`` checked and converted. Raises ValidationError.

        Of more unknown fields than a refusal names none is looked at. This is no ``pre_load``,
        which alone takes a third of the time that a small request does.
        """
        for one in data if isinstance(data, list) else (data,):
            self._refuse_a_crowd(one)
        return super().load(data, **options)

    def _refuse_a_crowd(self, one: Any) -> None:
        if isinstance(one, dict) and len(one) > len(self.load_fields) + MOST_NAMED:
            known = {field.data_key or name for name, field in self.load_fields.items()}
            unknown = islice((name for name in one if name not in known), MOST_NAMED)
            raise ValidationError({name: [self.error_messages["unknown"]] for name in unknown})


class Event(Schema):
    """The part of another service's event that is read here; the rest may change freely."""

    class Meta:
        unknown = EXCLUDE


class Page(Request):
    """A request for one page of a list; ``cursor`` is the ``next_cursor`` of the page before."""

    limit = fields.Integer(
        strict=True, load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT)
    )
    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=1_000))


class Text(fields.String):
    """A text of limited length, without control characters other than line breaks and tabs.

    What is far too long is refused before anything looks at what it says: a million characters
    cost what four hundred do.
    """

    def __init__(self, longest: int = TEXT_MAX, shortest: int = 0, **options: Any) -> None:
        self._length = validate.Length(min=shortest, max=longest)
        self._longest = longest
        super().__init__(validate=self._length, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        text = super()._deserialize(value, attr, data, **options)
        if len(text) > 2 * self._longest:  # what does not count, as blanks around it, may be much
            self._length(text.strip()[: 2 * self._longest])
        if not text.isprintable() and any(
            (ord(letter) < 32 and letter not in "\n\r\t")
            or ord(letter) == 127
            or 0xD800 <= ord(letter) <= 0xDFFF
            for letter in text
        ):
            raise ValidationError("Has characters that cannot be shown.")
        return text


class Line(Text):
    """A text on one line, as ``chassis.names`` keeps it; blank says nothing, as null does."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        text = super()._deserialize(value, attr, data, **options).strip()
        if text.isascii() and text.isprintable():  # most are, and come to the same
            return text
        line = names.cleaned(text)
        if names.has_controls(line):
            raise ValidationError("Must stand on one line.")
        if text and not names.prints(line):
            raise ValidationError("Must not be blank.")
        return line


class Name(Line):
    """A name on one line: 1 to 200 characters, of which something can be seen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=NAME_MAX, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        name = super()._deserialize(value, attr, data, **options)
        if not name:
            raise ValidationError("Must not be blank.")
        return name


class NameWithoutLink(Name):
    """The name of a person or a firm that mails show to strangers: no address stands in it.

    Bare domains are names, too (``Booking.com``); mails break what of them would become a link.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        name = super()._deserialize(value, attr, data, **options)
        if _ADDRESS.search(unicodedata.normalize("NFKC", name)):
            raise ValidationError("Must not hold a web or e-mail address.")
        return name


class Email(fields.Email):
    """An e-mail address that mail can reach, as typed, outer blanks taken off.

    Its one rule is that of ``chassis.addresses``, marshmallow's is not asked.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators = [validate.Length(max=EMAIL_MAX)]

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        address = super()._deserialize(value, attr, data, **options).strip()
        try:
            addresses.to_wire(address)
        except addresses.Unreachable as refused:
            raise ValidationError(str(refused)) from refused
        return address


class Flag(fields.Boolean):
    """True or false and nothing like it: "yes" and 1 are texts and numbers."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class ListOf(fields.List[Any]):
    """A list of limited length; a longer one is refused without looking at what it holds.

    Reading the items first, as marshmallow does, would take seconds for a list of thousands.
    """

    def __init__(self, items: fields.Field[Any], most: int, least: int = 0, **options: Any) -> None:
        self._length = validate.Length(least or None, most)
        super().__init__(items, validate=self._length, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        if isinstance(value, list):
            self._length(value)
        return super()._deserialize(value, attr, data, **options)


def load(schema: Schema, data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` checked and converted.

    BadRequest names per field what is wrong (of 100 fields). It is AddressRefused where all that is
    wrong are addresses that no mail can reach.
    """
    try:
        loaded: dict[str, Any] = schema.load(data)
    except ValidationError as error:
        wrong = _named(error)
        if addresses.OUT_OF_REACH.issuperset(chain.from_iterable(wrong.values())):
            raise AddressRefused("no mail can reach this address", fields=wrong) from error
        raise BadRequest("the request does not fit", fields=wrong) from error
    return loaded


def _named(error: ValidationError) -> dict[str, list[str]]:
    """Short enough to be sent: whoever sends a thousand unknown fields chose their names."""
    wrong = islice(flat(_by_field(error)).items(), MOST_NAMED)
    return {name[:NAME_MAX]: messages for name, messages in wrong}


def _by_field(error: ValidationError) -> dict[Any, Any]:
    messages = error.messages
    return messages if isinstance(messages, dict) else {"_schema": messages}


def flat(messages: dict[Any, Any], prefix: str = "") -> dict[str, list[str]]:
    """Return nested messages by dotted paths: ``{"people.3.email": ["Not a valid …"]}``."""
    found: dict[str, list[str]] = {}
    for name, message in messages.items():
        path = f"{prefix}{name}"
        if isinstance(message, dict):
            found.update(flat(message, f"{path}."))
        else:
            found[path] = [str(text) for text in message]
    return found
