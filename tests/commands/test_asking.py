"""Which messages there are and what they take is said by the command itself, and by the shell."""

import shutil
import subprocess

import pytest

from chassis.contracts import describing
from chassis.runner import installed_services


def test_every_message_is_listed_with_its_callers(chambers):
    rows = [line.split("\t") for line in chambers("call", "--list").out.splitlines()[1:]]
    listed = {row[0]: row for row in rows}

    for service in installed_services():
        for method in describing.calls(describing.contract(service)):
            assert f"{service}.{method}" in listed
    assert listed["groups.invite_members"][1:3] == ["command", "professional"]
    assert listed["identity.log_in"][2] == "public"


def test_one_services_messages_are_listed_alone(chambers):
    lines = chambers("call", "--list", "groups").out.splitlines()[1:]

    assert lines
    assert all(line.startswith("groups.") for line in lines)
    assert chambers("call", "--list", "gruops").code == 3


def test_a_message_is_told_with_fields_types_limits_and_callers(chambers):
    ended = chambers("call", "groups.invite_members", "--help")
    said = {line.split()[0]: line.split(None, 1)[1:] for line in ended.out.splitlines() if line}

    assert (ended.code, ended.err) == (0, "")
    assert "command, for: professional" in ended.out
    assert said["people"] == ["list of objects, 1 to 1000, required"]
    assert "  email    e-mail address, up to 254 characters, required" in ended.out
    assert "  message  text, up to 2000 characters, or null" in ended.out
    assert "admin | member | practitioner | billing_only, required" in ended.out
    assert "required" not in ended.out.partition("reply:")[2]
    assert ended.out == chambers("help", "call", "groups.invite_members").out


def test_every_message_of_every_contract_can_be_told():
    for service in installed_services():
        document = describing.contract(service)
        for method in describing.calls(document):
            told = "\n".join(describing.described(document, method))
            assert "anything" not in told.partition("reply:")[0], f"{service}.{method}"


def test_a_message_that_is_not_there_is_guessed_at(chambers, up):
    there = chambers("call", "groups.invite_membrs", CHAMBERS_DATA_DIR=str(up))

    assert there.code == 1
    assert "did you mean groups.invite_members?" in there.err


BASH = """source ./script
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chambers; echo "${COMPREPLY[@]}"; }
"""
ZSH = """compdef() { :; }
compadd() { print -r -- ${(M)offered:#$words[CURRENT]*}; }
source ./script
try() { words=("$@"); CURRENT=$#; _chambers; }
"""
FISH = """source ./script
function try
    set -l words (string join ' ' -- $argv)
    echo (complete -C "$words" | string split -f1 \\t)
end
"""
LINES = [
    ("chambers outb", ["outbox"]),
    ("chambers --config x.toml outbox st", ["status"]),
    ("chambers outbox status --serv", ["--service"]),
    ("chambers call groups.invite_m", ["groups.invite_members"]),
    ("chambers run notif", ["notifications"]),
    ("chambers completion fi", ["fish"]),
    ("chambers help dead", ["dead-letters"]),
]


@pytest.mark.parametrize(("shell", "how"), [("bash", BASH), ("zsh", ZSH), ("fish", FISH)])
def test_a_shell_completes_what_is_typed(chambers, data, shell, how):
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} here")
    script = chambers("completion", shell)
    (data / "script").write_text(script.out)
    (data / "tried").write_text(how + "".join(f"try {line}\n" for line, _ in LINES))

    ended = subprocess.run(
        [shell, "./tried"], cwd=data, check=False, capture_output=True, text=True, timeout=60
    )

    assert (script.code, script.err, ended.stderr) == (0, "", "")
    assert [line.split() for line in ended.stdout.splitlines()] == [found for _, found in LINES]


def test_a_shell_that_is_not_known_is_wrong_usage(chambers):
    assert chambers("completion", "tcsh").code == 2
