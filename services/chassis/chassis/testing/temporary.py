"""Where a run of the tests keeps what it writes for a moment: in memory, where there is room.

A commit on a disk waits for it many times as long, and a process that waits runs no test.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 4 << 30


@contextmanager
def files_in_memory(memory: Path = MEMORY, room: int = ROOM) -> Iterator[Path | None]:
    """Let this process, and those it starts, make temporary files in memory until the end.

    Gives the folder, or None where everything stays on the disk: where ``memory`` is not there, has
    less than ``room`` bytes left, or runs no programs, which tests write, too.
    """
    if not _has_room(memory, room):
        yield None
        return
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="c-", dir=memory, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # servers run as users of their own
        _point_to(name)
        try:
            yield folder
        finally:
            _point_to(before)


def _has_room(memory: Path, room: int) -> bool:
    if not os.access(memory, os.W_OK) or os.statvfs(memory).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(memory).free >= room


def _point_to(folder: str | None) -> None:
    tempfile.tempdir = None  # read from the environment anew
    if folder is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = folder
