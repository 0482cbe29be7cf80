"""What a person typed, chose and asked for, and what a service found wrong in it."""

from typing import Any

from werkzeug.wrappers import Request

from chassis.errors import ChassisError
from gateway import field_words
from gateway.refusals import by_field

LONGEST_CURSOR = 1_000  # as services take


class Typed:
    """The reading half of a visit."""

    request: Request
    refusal: ChassisError | None

    def text(self, message: str, **values: Any) -> str:
        """Return a text of ours in the reader's language."""
        raise NotImplementedError

    def typed(self, name: str, default: str = "") -> str:
        """Return what stands in a field of the form, without blanks around it."""
        return str(self.request.form.get(name, default)).strip()

    def chosen(self, name: str) -> list[str]:
        """Return every value that was ticked or chosen in a field."""
        return list(self.request.form.getlist(name))

    def asked(self, name: str, default: str = "") -> str:
        """Return a parameter of the address, at most 200 characters."""
        return str(self.request.args.get(name, default)).strip()[:200]

    @property
    def cursor(self) -> str | None:
        """After which row the page of a list goes on; None for the first page."""
        return str(self.request.args.get("cursor", ""))[:LONGEST_CURSOR] or None

    def wrong(self, field: str) -> list[str]:
        """Return in the reader's words what a service found wrong in that field."""
        found = by_field(self.refusal).get(field, []) if self.refusal else []
        return [field_words.of_field(text, self.text) for text in found]

    def wrong_lines(self, field: str) -> list[str]:
        """Return the same of a field with a value on each line, and on which line it is."""
        found = by_field(self.refusal) if self.refusal else {}
        told = self.wrong(field)
        for name, texts in found.items():
            list_name, _, index = name.rpartition(".")
            if list_name == field and index.isdigit():
                problem = " ".join(field_words.of_field(text, self.text) for text in texts)
                line = self.text(
                    "Line %(number)s: %(problem)s", number=int(index) + 1, problem=problem
                )
                told.append(line)
        return told
