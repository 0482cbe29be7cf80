"""What will become of a firm's licenses, in sentences."""

from datetime import date

# Not strftime's names: those follow the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def sentence(date: date, lapsing: int, renewing: int, waiting: int) -> str:
    """Return such as ``2 licenses lapse and 1 renews on 4 May 2027; 1 invitation is pending``.

    The invitations are those that hold a license of that day, which may be over already.
    """
    moves = [(lapsing, "lapse"), (renewing, "renew")]
    moves = [(number, verb) for number, verb in moves if number]
    pending = f"{waiting} invitation{' is' if waiting == 1 else 's are'} pending"
    if not moves:
        return f"{_licenses(waiting)} paid through {_day(date)} {_with(waiting, 'wait')}; {pending}"
    subjects = [_licenses(moves[0][0]), *(str(number) for number, _ in moves[1:])]
    parts = (f"{who} {_with(*move)}" for who, move in zip(subjects, moves, strict=True))
    said = " and ".join(parts)
    return f"{said} on {_day(date)}" + (f"; {pending}" if waiting else "")


def _with(number: int, verb: str) -> str:
    return f"{verb}s" if number == 1 else verb


def _licenses(number: int) -> str:
    return "1 license" if number == 1 else f"{number} licenses"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
