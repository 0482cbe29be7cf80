"""What a process of identity holds in memory while many log in at once, at the full cost."""

import secrets
from collections import Counter
from pathlib import Path

import eventlet
import pytest

from chassis.errors import ChassisError
from identity.settings import KEYS
from tests.support.practice import PASSWORD

AT_ONCE = 60
MOST_MEGABYTES = 120
FULL = {
    f"CHAMBERS_IDENTITY_{key.name.upper()}": str(key.default)
    for key in KEYS
    if key.name.startswith(("argon2", "hash"))
}


def peak(process) -> float:
    """Megabytes that the process has had in memory at most."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@pytest.mark.timeout(180)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the kernel of Linux")
def test_sixty_logins_at_once_stay_within_a_hundred_and_twenty_megabytes(deployment, tmp_path):
    deployment.processes["identity"].kill()
    process = deployment.processes["identity"].twin(tmp_path)
    emails = [f"m{secrets.token_hex(6)}@practice.example" for _ in range(8)]

    def log_in(number):
        account = {"email": emails[number % len(emails)], "password": PASSWORD}
        try:
            deployment.call("identity.log_in", timeout=30, **account)
        except ChassisError as refusal:
            return refusal.code
        return "ok"

    try:
        process.start(alone=True, **FULL)
        for email in emails:
            person = {"email": email, "password": PASSWORD, "name": "Ana", "kind": "professional"}
            deployment.call("identity.register", timeout=30, **person)
        for _ in range(2):
            logins = [eventlet.spawn(log_in, number) for number in range(AT_ONCE)]
            outcomes = Counter(login.wait() for login in logins)
            assert outcomes["ok"] > len(emails)
            assert set(outcomes) <= {"ok", "hashing_busy", "too_many_attempts"}

        assert peak(process) < MOST_MEGABYTES
    finally:
        process.kill()
