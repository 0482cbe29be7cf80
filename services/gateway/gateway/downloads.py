"""Files that services hand over, as downloads: with their type and name, kept nowhere."""

import base64
from collections.abc import Mapping
from typing import Any

from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response


def download(file: Mapping[str, Any]) -> Response:
    """Return a reply's ``content_base64`` as the file ``file_name`` of its ``content_type``.

    A name beyond ASCII goes as RFC 5987 has it, beside a plain one.
    """
    response = Response(
        base64.b64decode(file["content_base64"]), content_type=str(file["content_type"])
    )
    name = str(file["file_name"])
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    options = {"filename": plain} if plain == name else {"filename": plain, "filename*": name}
    response.headers["Content-Disposition"] = dump_options_header("attachment", options)
    return response
