"""A small checkout with Pythons and an apt-get that only pretend, to see what ./chambers does."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ("cat", "cksum", "cp", "dirname", "id", "mkdir", "readlink", "rm", "sh", "sleep")

# What this Python can do is said by files beside it: NAME.old, NAME.broken, no-ensurepip.
PYTHON = """\
#!/bin/sh
log() { printf '%s\\n' "$*" >>"{log}"; }
case "$*" in
    "-c import sys; sys.exit"*) [ ! -e "$0.broken" ] && [ ! -e "$0.old" ] ;;
    "-c import ensurepip"*) [ ! -e "{fakes}/no-ensurepip" ] ;;
    "-c import sys; print"*) echo python3.12-venv ;;
    "-m venv "*) log "${0##*/} $*"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    "-m pip --version") ;;
    "-m pip "*) log "pip $*"; sleep "${SLOW:-0}"; [ ! -e "{fakes}/pip-fails" ] ;;
    "-m compileall "*) log "$*" ;;
    "-P -m chassis.cli"*) shift 3; echo "ran $*" ;;
    *) log "unexpected: $*"; exit 99 ;;
esac
"""
APT_GET = """\
#!/bin/sh
printf '%s\\n' "apt-get $*" >>"{log}"
case "$*" in *" install "*) rm "{fakes}/no-ensurepip" ;; esac
"""


class Checkout:
    """A folder with ./chambers, requirement files and one service, and what ran in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.fakes = folder / "fakes"
        self._log = folder / "log"
        for path in (self.folder / "requirements", self.folder / "services/one", self.fakes):
            path.mkdir(parents=True)
        shutil.copy(ROOT / "chambers", self.folder)
        for name in ("requirements/all.txt", "requirements/dev.txt", "services/one/pyproject.toml"):
            (self.folder / name).write_text(f"# {name}\n")
        for tool in TOOLS:
            (self.fakes / tool).symlink_to(str(shutil.which(tool)))

    def add_python(self, name: str, *traits: str) -> None:
        """A Python on PATH; traits: ``old`` or ``broken``."""
        self._program(name, PYTHON)
        for trait in traits:
            (self.fakes / f"{name}.{trait}").touch()

    def without_venv_module(self, *, user: int, apt: bool = True) -> None:
        """A Debian without python3-venv, used by this user id."""
        (self.fakes / "no-ensurepip").touch()
        (self.fakes / "id").unlink()
        self._program("id", f"#!/bin/sh\necho {user}\n")
        if apt:
            self._program("apt-get", APT_GET)

    def run(self, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
        """Run ./chambers and wait for it."""
        return subprocess.run(**self._call(arguments, **options), capture_output=True, check=False)

    def start(self, *arguments: str, **options) -> subprocess.Popen[str]:
        """Run ./chambers without waiting for it."""
        return subprocess.Popen(
            **self._call(arguments, **options),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def ran(self, beginning: str) -> list[str]:
        """What the pretenders were asked to do, as far as it begins so."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        return [line for line in lines if line.startswith(beginning)]

    def _call(self, arguments, program=None, cwd=None, slow=0):
        return {
            "args": [str(program or self.folder / "chambers"), *arguments],
            "cwd": cwd or self.folder,
            "env": {"PATH": str(self.fakes), "SLOW": str(slow)},
            "text": True,
        }

    def _program(self, name: str, text: str) -> None:
        file = self.fakes / name
        for word, value in (("{log}", self._log), ("{fakes}", self.fakes)):
            text = text.replace(word, str(value))
        file.write_text(text)
        file.chmod(0o755)
