"""A paper, as it is answered."""

from marshmallow import Schema, fields


class Pdf(Schema):
    """A receipt or a statement on paper; the content is in base64."""

    file_name = fields.String()
    content_type = fields.String()
    content_base64 = fields.String()
