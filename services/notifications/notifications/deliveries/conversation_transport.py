"""smtplib, with answers read strictly: one that cannot be read says nothing about a mail.

By itself smtplib makes a number of whatever comes, -1 or 25 of half a line, and takes what is not
250 for a refusal: for good, of a mail that nothing is wrong with.
"""

import re
import smtplib
from typing import Any, cast

from notifications.deliveries.errors import AnswerUnreadable

LONGEST_ANSWER = 16_384  # bytes of all its lines; servers say some hundred
_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r\n]*))?\r?\n")


class StrictAnswers(smtplib.SMTP):
    """A conversation that ends at the first answer that cannot be read."""

    def getreply(self) -> tuple[int, bytes]:
        """Read the next answer and return its code and text.

        Raises AnswerUnreadable, or OSError's like.
        """
        if self.file is None:
            self.file = cast("Any", self.sock).makefile("rb")
        texts: list[bytes] = []
        codes: set[bytes] = set()
        left, more = LONGEST_ANSWER, True
        while more:
            line = self._line(left)
            left -= len(line)
            read = _LINE.fullmatch(line)
            if read is None or codes - {read[1]}:
                raise self._unreadable("an answer that begins with no code, or is cut off")
            codes.add(read[1])
            texts.append((read[3] or b"").strip(b" \t"))
            more = read[2] == b"-"
        return int(codes.pop()), b"\n".join(texts)

    def _line(self, longest: int) -> bytes:
        try:
            line: bytes = cast("Any", self.file).readline(longest + 1)
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"the connection was lost: {error}") from error
        if not line:
            self.close()
            raise smtplib.SMTPServerDisconnected("the connection was closed")
        if len(line) > longest:
            raise self._unreadable("an answer that is too long")
        return line

    def _unreadable(self, why: str) -> AnswerUnreadable:
        self.close()
        return AnswerUnreadable(why)


class StrictAnswersOverTls(StrictAnswers, smtplib.SMTP_SSL):
    """The same, on a connection that is secured from its first byte on."""
