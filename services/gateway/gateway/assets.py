"""The files that pages load: read once, named by their content, kept by browsers for a year."""

import base64
import hashlib
import mimetypes
from pathlib import Path

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
_KEPT = "public, max-age=31536000, immutable"


class Assets:
    """Every file below ``static``, in memory."""

    def __init__(self) -> None:
        self._files = {
            path.relative_to(FOLDER).as_posix(): path.read_bytes()
            for path in sorted(FOLDER.rglob("*"))
            if path.is_file()
        }

    def address(self, name: str) -> str:
        """Return the address under which a page loads the file; another with other content."""
        return f"{PREFIX}{name}?{hashlib.sha256(self._files[name]).hexdigest()[:12]}"

    def integrity(self, name: str) -> str:
        """Return what a page says of the file's content, for the browser to compare."""
        digest = hashlib.sha384(self._files[name]).digest()
        return f"sha384-{base64.b64encode(digest).decode()}"

    def response(self, name: str) -> Response:
        """Return the file. Raises NotFound."""
        if name not in self._files:
            raise NotFound
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        response = Response(self._files[name], content_type=kind)
        response.headers["Cache-Control"] = _KEPT
        return response
