"""Memory that a password hash took goes back to the system when it is made."""

import ctypes
from contextlib import suppress

LARGE = 2**20  # bytes; a hash takes some twenty times as many
_M_MMAP_THRESHOLD = -3  # from <malloc.h>


def give_back_large_blocks() -> None:
    """Have blocks of a megabyte or more mapped, hence unmapped when they are freed.

    Left alone glibc keeps the largest block that it has freed, and does so for each thread: twenty
    threads that hash in turn keep four hundred megabytes. Other systems' libraries have no such
    setting, and need none.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE)
