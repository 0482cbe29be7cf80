"""Commands in documents that take too long to be run here, and what runs them instead.

A command that is not named here is run by ``test_commands.py``. The value is a file, and a text in
it that shows that the command is run or its work is done there.
"""

ELSEWHERE = {
    "./chambers demo": ("tests/journeys/test_demo.py", '"chassis.cli", "demo"'),
    "./chambers onboard deploy/demo/harbor-family-law.toml --dry-run": (
        "services/onboarding/tests/test_command.py",
        'onboard("--dry-run"',
    ),
    "./chambers onboard deploy/demo/harbor-family-law.toml": (
        "services/onboarding/tests/test_command.py",
        '"onboard", "practice.toml"',
    ),
    "./chambers login anna@example.org": (
        "tests/commands/test_logins.py",
        'chambers("login", email',
    ),
    "./chambers call groups.get_firm_overview": (
        "tests/journeys/test_demo.py",
        "chambers(call, tmp_path)",
    ),
    "./chambers up": ("tests/commands/conftest.py", '"chassis.cli", "up"'),
    "./chambers run groups": ("tests/faults/processes.py", '"chassis.cli", "run"'),
    "./chambers --config deploy/production.toml run groups": (
        "tests/faults/processes.py",
        '"chassis.cli", "run"',
    ),
    "./chambers --config deploy/production.toml outbox compare --service identity --since 12h": (
        "tests/commands/test_lost_events.py",
        'outbox("compare", "--service", "identity"',
    ),
    "./chambers --config deploy/production.toml outbox republish --service identity --since 12h": (
        "tests/commands/test_lost_events.py",
        'outbox("republish", "--service", "identity"',
    ),
    "./chambers test": (".ci/run", "./chambers test"),
    "./chambers test --fast": (".ci/run", "./chambers test"),
    "./chambers test --changed": (
        "services/chassis/tests/test_affected.py",
        "def test_what_changed_is_what_differs",
    ),
    "./chambers test --changed HEAD --fast": (
        "services/chassis/tests/test_affected.py",
        'files_since(repository, "HEAD")',
    ),
    "./chambers test --suite groups --stack embedded": (".ci/run", "./chambers test"),
    "./chambers test --suite faults --long": (".ci/run", "./chambers test"),
    "./chambers test --suite groups -- -k invitation": (".ci/run", "./chambers test"),
    # It writes into the checkout, where others read at the same time.
    "./chambers contracts": (
        "services/chassis/tests/test_contracts.py",
        "def test_generated_files_are_written_only_when_they_change",
    ),
    "./chambers contracts --check": (
        "tests/contracts/test_contracts.py",
        "def test_every_generated_file_is_what_the_code_says",
    ),
    '.venv/bin/python -m chassis.migrations draft groups "firms have a phone number"': (
        "services/chassis/tests/test_migration_drafts.py",
        "def test_a_draft_brings_the_schema_to_its_tables",
    ),
    ".venv/bin/python -m chassis.testing.nodes": (
        "services/chassis/tests/test_nodes.py",
        "chassis.testing.nodes",
    ),
    ".venv/bin/python -m pytest services/groups/tests --stack rabbitmq -k invitation": (
        "services/chassis/chassis/testing/suites.py",
        '"-m", "pytest"',
    ),
}
# What production.toml leaves to the environment.
SECRETS = {
    "CHAMBERS_BUS_URL": "amqps://chambers:secret@mq.example/chambers",
    "CHAMBERS_NOTIFICATIONS_SMTP_PASSWORD": "secret",
}
# Only for what does not connect: elsewhere the documents' commands work on SQLite.
DATABASES = {
    f"CHAMBERS_{name.upper()}_DATABASE_URL": f"postgresql+psycopg2://{name}:secret@db/{name}"
    for name in ("identity", "groups", "clients", "billing", "notifications")
}
