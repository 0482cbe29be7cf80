"""What a mail server's answer means: refused for good, for now, or through a fault on the way."""

import smtplib

from notifications.contents.text import one_line
from notifications.deliveries.errors import AnswerUnreadable
from notifications.mails.mail import Outcome, State

REFUSAL, FOR_GOOD = 400, 500  # codes from there on


def understood(error: smtplib.SMTPException | OSError) -> Outcome:
    """Return the outcome behind an answer: 4xx is for now, 5xx about this mail for good.

    Everything that is not about this mail (the connection, the login, our own sender address) is
    technical: an operator can repair it, so the mail waits.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(error.recipients.values()))
            return _refused("recipient_refused", code, text, State.PERMANENT_FAILURE)
        case smtplib.SMTPDataError():
            return _refused(
                "mail_refused", error.smtp_code, error.smtp_error, State.PERMANENT_FAILURE
            )
        case smtplib.SMTPSenderRefused():
            return _refused(
                "sender_refused", error.smtp_code, error.smtp_error, State.TECHNICAL_FAILURE
            )
        case AnswerUnreadable():
            return Outcome(State.TECHNICAL_FAILURE, "answer_unreadable", one_line(str(error)))
        case smtplib.SMTPResponseException():  # greeting, login
            return Outcome(
                State.TECHNICAL_FAILURE, "server_refused", _words(error.smtp_code, error.smtp_error)
            )
        case _:
            words = one_line(f"{type(error).__name__}: {error}")
            return Outcome(State.TECHNICAL_FAILURE, "connection_failed", words)


def leaves_connection_usable(error: smtplib.SMTPException) -> bool:
    """Return whether the server answered in order and waits for the next mail."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code >= REFUSAL for code, _ in error.recipients.values())
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError():
            return error.smtp_code >= REFUSAL
    return False


def _refused(reason: str, code: int, text: bytes | str, for_good: State) -> Outcome:
    """Return what 400 and more say; less is no refusal, but an answer out of its place."""
    if code < REFUSAL:
        return Outcome(State.TECHNICAL_FAILURE, "answer_out_of_place", _words(code, text))
    state = State.TEMPORARY_FAILURE if code < FOR_GOOD else for_good
    return Outcome(state, reason, _words(code, text))


def _words(code: int, text: bytes | str) -> str:
    said = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    return one_line(f"{code} {said}")
