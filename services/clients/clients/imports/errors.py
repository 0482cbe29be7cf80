"""What a caller can break about imports, under its code."""

from chassis.errors import BadRequest


class InvalidImport(BadRequest):
    """The import as a whole cannot be read: its rows cannot be told apart."""

    code = "invalid_import"
