import ssl

import pytest

from chassis.config import ConfigurationError, Setting, load
from chassis.config.sections import declared_keys
from chassis.config.settings import Settings
from chassis.config.tls import bus_tls
from chassis.neighbours import neighbours

KEYS = (
    Setting("invitation_days", int, 14, about="how long an invitation stays open"),
    Setting("retry_every", "duration", "15m"),
    Setting("smtp_password", str, "", secret=True),
)
SERVICES = {"groups": KEYS}


def configured(tmp_path, text="", **env):
    file = tmp_path / "chambers.toml"
    file.write_text(text)
    return load(file, env, SERVICES)


def row(configuration, key):
    return next(row for row in configuration.explain() if row.key == key)


def test_everything_has_a_default_that_runs_without_any_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    configuration = load(None, {}, SERVICES)

    assert configuration.problems() == []
    assert configuration.get("bus.url") == "embedded://chambers"
    assert configuration.service("groups")["database_url"] == "sqlite:///var/data/groups.db"


def test_the_environment_is_stronger_than_the_file_and_the_file_than_the_default(tmp_path):
    file = "[groups]\ninvitation_days = 7\nretry_every = '2h'\n"

    groups = configured(tmp_path, file, CHAMBERS_GROUPS_INVITATION_DAYS="3").service("groups")

    assert (groups["invitation_days"], groups["retry_every"]) == (3, 7200.0)
    assert configured(tmp_path, file).service("groups")["invitation_days"] == 7
    assert configured(tmp_path).service("groups")["invitation_days"] == 14


def test_the_file_is_named_by_the_environment_too(tmp_path):
    (tmp_path / "other.toml").write_text("data_dir = '/srv/chambers'")

    configuration = load(None, {"CHAMBERS_CONFIG": str(tmp_path / "other.toml")}, SERVICES)

    assert configuration.service("groups")["database_url"] == "sqlite:////srv/chambers/groups.db"


def test_a_named_file_that_is_missing_or_broken_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot read"):
        load(tmp_path / "nowhere.toml", {}, SERVICES)
    with pytest.raises(ConfigurationError, match="cannot read"):
        configured(tmp_path, "[groups")


def test_explain_says_where_each_value_comes_from(tmp_path):
    configuration = configured(
        tmp_path, "public_url = 'https://x.example'", CHAMBERS_LOG_LEVEL="debug"
    )

    assert row(configuration, "public_url").source.endswith("chambers.toml")
    assert row(configuration, "log.level").source == "environment CHAMBERS_LOG_LEVEL"
    assert row(configuration, "bus.url").source == "default"


def test_secrets_and_passwords_inside_urls_are_never_shown(tmp_path):
    configuration = configured(
        tmp_path,
        CHAMBERS_GROUPS_SMTP_PASSWORD="hunter2",
        CHAMBERS_BUS_URL="amqp://groups:hunter2@localhost/",
        CHAMBERS_GROUPS_DATABASE_URL="postgresql+psycopg2://groups:hunter2@/groups",
    )

    assert "hunter2" not in str(configuration.explain())
    assert row(configuration, "bus.url").value == "amqp://groups:********@localhost/"
    assert configuration.service("groups")["smtp_password"] == "hunter2"


def test_a_value_that_cannot_be_read_is_not_shown_when_it_is_secret(tmp_path):
    configuration = configured(tmp_path, "[groups]\nsmtp_password = 271828")

    assert "271828" not in str(configuration.problems())
    assert "271828" not in str(configuration.explain())


def test_a_secret_may_lie_in_a_file_of_its_own(tmp_path):
    (tmp_path / "password").write_text("hunter2\n")

    configuration = configured(
        tmp_path, CHAMBERS_GROUPS_SMTP_PASSWORD_FILE=str(tmp_path / "password")
    )

    assert configuration.service("groups")["smtp_password"] == "hunter2"
    assert configuration.problems() == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pubic_url = 'x'", "there is no setting 'pubic_url' at the top"),
        ("[grops]\nx = 1", "there is no section [grops]"),
        ("[groups]\ninvitation_day = 1", "section [groups] has no setting 'invitation_day'"),
        ("[groups]\ninvitation_days = 'x'", "groups.invitation_days must be a whole number"),
        ("[groups]\ninvitation_days = true", "groups.invitation_days must be a whole number"),
        ("[groups]\nretry_every = 'soon'", "groups.retry_every must be a time"),
        ("[groups]\nretry_every = -1", "groups.retry_every must be a time"),
        ("[log]\nlevel = 'loud'", "log.level must be one of debug, info, warning, error"),
        ("[groups]\ndatabase_url = 'mysql://x/y'", "must begin with sqlite:/// or postgresql+psy"),
        ("[groups]\ndatabase_url = 'postgresql://x/y'", "must begin with postgresql+psycopg2://"),
        (
            "[groups]\ndatabase_url = 'postgresql+psycopg://x/y'",
            "must begin with postgresql+psycopg2",
        ),
        ("[bus]\nurl = 'redis://x'", "bus.url must begin with embedded://"),
        ("[bus]\nurl = 'amqp://guest:guest@mq.example/'", "broker's default account"),
        ("[bus]\nurl = 'amqp://mq.example/'", "broker's default account"),
        ("[bus]\nurl = 'amqps://a:b@mq.example/?ssl_cert_reqs=CERT_NONE'", "remove cert_reqs"),
        ("[bus]\nurl = 'amqps:///'", "set bus.server_hostname"),
        ("[bus]\nurl = 'amqps://a:b@mq.example/'\nca_file = '/no/ca'", "there is no file /no/ca"),
        ("[bus]\nurl = 'amqp://a:b@mq.example:x/'", "a port that is no number"),
        ("public_url = 'chambers.example'", "public_url must be a full http(s) address"),
        ("public_url = 'http://chambers.example'", "public_url must be https off this machine"),
    ],
)
def test_what_must_not_be_run_with_is_named_in_a_sentence(tmp_path, text, sentence):
    problems = configured(tmp_path, text).problems()

    assert len(problems) == 1
    assert sentence in problems[0]


@pytest.mark.parametrize(
    "url",
    [
        "amqp://guest:guest@localhost:5672/",
        "amqp://guest:guest@127.0.0.1/",
        "amqp://groups:pass@mq.example/",
        "amqps://groups:pass@mq.example/",
    ],
)
def test_a_safe_bus_has_no_problem(tmp_path, url):
    assert configured(tmp_path, f"[bus]\nurl = '{url}'").problems() == []


def test_a_misspelt_variable_is_named_but_other_services_variables_are_not(tmp_path):
    problems = configured(
        tmp_path, CHAMBERS_BUS_URI="x", CHAMBERS_BILLING_DATABASE_URL="x", CHAMBERS_TOKEN="x"
    ).problems()

    assert problems == ["environment CHAMBERS_BUS_URI is not a setting"]


def test_one_service_is_not_kept_from_starting_by_anothers_settings(tmp_path):
    file = "[groups]\ninvitation_days = 'x'\ntypo = 1\n"
    services = {**SERVICES, "identity": ()}
    (tmp_path / "chambers.toml").write_text(file)
    configuration = load(tmp_path / "chambers.toml", {"CHAMBERS_GROUPS_TYPO": "x"}, services)

    assert configuration.problems(["identity"]) == []
    assert len(configuration.problems(["groups"])) == 3
    assert len(configuration.problems()) == 3


def test_services_that_are_installed_elsewhere_may_have_their_sections_in_the_same_file():
    assert neighbours(["identity"]) >= {"groups", "clients", "billing", "notifications"}
    assert neighbours(["notifications"]) >= {"identity", "groups", "clients", "billing"}
    assert "operator" not in neighbours(["billing"])
    assert "grops" not in neighbours(["identity"])


def test_a_setting_without_default_has_to_be_given(tmp_path):
    configuration = load(None, {}, {"billing": (Setting("gateway", str),)})

    assert "billing.gateway is missing" in configuration.problems()[0]
    with pytest.raises(ConfigurationError, match="CHAMBERS_BILLING_GATEWAY"):
        configuration.service("billing")


def test_amqps_always_checks_the_certificate_and_the_name(tmp_path):
    tls = bus_tls(configured(tmp_path, "[bus]\nurl = 'amqps://a:b@mq.example/'"))

    assert tls is not None
    assert (tls["cert_reqs"], tls["server_hostname"]) == (ssl.CERT_REQUIRED, "mq.example")
    assert bus_tls(configured(tmp_path)) is None


def test_a_services_keys_are_read_from_its_settings():
    class Service:
        name = "groups"
        settings = Settings(*KEYS)

    class Derived(Service):
        pass

    assert declared_keys(Derived) == KEYS
    assert declared_keys(object) == ()
