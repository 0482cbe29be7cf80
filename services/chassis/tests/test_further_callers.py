"""A service of others calls ours where the operator's configuration says so, and nowhere else."""

from itertools import count

import pytest

from chassis import admission
from chassis.auth import PEOPLE, PROFESSIONALS, PUBLIC, Actor, services
from chassis.config import ConfigurationError, load
from chassis.errors import Forbidden, Unauthenticated
from chassis.keys import OPERATOR, Keyring, ensure
from chassis.message_spec import MessageSpec
from chassis.tokens import TokenSigner
from services.chassis.tests.shop import ShopService

_numbers = count(70_000)


def place(world, token):
    return world.call("shop.place_order", as_=token, item="quilt", number=next(_numbers))


def code_of(kind, call):
    with pytest.raises(kind) as refused:
        call()
    return refused.value.code


def test_a_service_that_is_admitted_by_name_is_answered(world):
    assert place(world, world.as_service("reporting"))["item"] == "quilt"


def test_a_star_opens_queries_and_no_command(world):
    auditing = world.as_service("auditing")
    item = f"star {next(_numbers)}"
    world.call("shop.place_prepared", item=item, number=next(_numbers))

    assert world.call("shop.find_order", as_=auditing, item=item.upper())["item"] == item.upper()
    assert code_of(Forbidden, lambda: place(world, auditing)) == "caller_not_admitted"


def test_what_is_for_persons_is_opened_to_no_service_whatever_is_configured(world):
    for name in ("reporting", "auditing"):
        token = world.as_service(name)
        code = code_of(Forbidden, lambda t=token: world.call("shop.get_order", as_=t, item="x"))
        assert code == "caller_not_admitted"


def test_a_service_with_a_key_that_nobody_admitted_is_refused(world):
    for name in ("unlisted", "reporting", OPERATOR):
        token = world.as_service(name)
        code = code_of(Forbidden, lambda t=token: world.call("shop.find_order", as_=t, item="x"))
        assert code == "caller_not_admitted"


def test_a_service_that_is_admitted_and_has_no_key_here_is_nobody(world, tmp_path):
    ensure(tmp_path, ["keyless", "reporting"])
    for name in ("keyless", "reporting"):  # the second's key here is another one
        forged = TokenSigner(Keyring(tmp_path), name).service()
        assert code_of(Unauthenticated, lambda t=forged: place(world, t)) == "token_invalid"


def test_a_service_speaks_for_no_person_and_for_no_other_service(world):
    keyring = Keyring(world.configuration.get("keys.directory"))
    signer = TokenSigner(keyring, "unlisted")
    as_reporting = signer._sign("service+jwt", {"sub": "reporting"}, world.clock.now(), 60)
    as_person = TokenSigner(keyring, "reporting").person(
        account_id="1", kind="professional", name="", email="", verified=True, session_id="2",
        lifetime=60,
    )  # fmt: skip

    for forged in (as_reporting, as_person):
        assert code_of(Unauthenticated, lambda t=forged: place(world, t)) == "token_invalid"


@pytest.mark.parametrize(
    ("callers", "kind", "by_name", "by_star"),
    [
        (services("billing"), "query", True, True),
        (services("billing"), "command", True, False),
        (PEOPLE | services("billing", OPERATOR), "query", True, True),
        (services(OPERATOR), "query", False, False),
        (PROFESSIONALS, "query", False, False),
        (PUBLIC | services("billing"), "query", False, False),  # admits everybody anyway
    ],
)
def test_only_what_takes_services_can_be_opened_to_another(callers, kind, by_name, by_star):
    spec = MessageSpec(kind, "get_it", "", callers=callers)
    reporting = Actor.of_service("reporting")

    for named, right in ({"get_it"}, by_name), ({"*"}, by_star), (set(), False):
        configured = admission.Admission({"reporting": frozenset(named)})
        assert configured.admits(spec, reporting) is right
        assert not configured.admits(spec, Actor.of_service("others"))
        assert not configured.admits(spec, Actor("professional", service="reporting"))


def configured(tmp_path, text="", keys=("reporting",), **env):
    ensure(tmp_path / "keys", keys)
    file = tmp_path / "chambers.toml"
    file.write_text(f"data_dir = '{tmp_path}'\n{text}")
    return load(file, env, {"shop": ()})


def problems(configuration):
    return configuration.problems() or admission.problems(configuration, {"shop": ShopService})


def test_what_is_in_order_is_not_complained_of(tmp_path):
    text = '[callers]\nreporting = ["shop.find_order", "shop.*"]'
    configuration = configured(tmp_path, text)
    [shown] = [row for row in configuration.explain() if row.key == "callers.reporting"]

    assert problems(configuration) == []
    assert shown.value == "shop.find_order, shop.*"


def test_the_environment_is_stronger_than_the_file(tmp_path):
    text = '[callers]\nreporting = ["shop.find_order"]'
    configuration = configured(tmp_path, text, CHAMBERS_CALLERS_REPORTING="")
    assert "must be entrypoints" in problems(configuration)[0]

    configuration = configured(tmp_path, text, CHAMBERS_CALLERS_REPORTING="shop.*")
    [reporting] = configuration.callers()
    assert reporting.of("shop") == {"*"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('reporting = ["shop.find_ordr"]', "shop has no entrypoint 'find_ordr'"),
        ('reporting = ["shp.find_order"]', "there is no service 'shp' here"),
        (
            'reporting = ["shop.place_prepared"]',
            "place_prepared names no service as its caller",
        ),
        ('reporting = ["shop.get_order"]', "names no service as its caller"),
        ('stranger = ["shop.find_order"]', "put stranger.public.pem into"),
        ('shop = ["shop.find_order"]', "stands in the code"),
        ('operator = ["shop.find_order"]', "the operator is no service"),
        ('"../up" = ["shop.find_order"]', "cannot be a service's name"),
        ('reporting = "shop.find_order"', "must be entrypoints such as"),
        ('reporting = ["*"]', "must be entrypoints such as"),
        ("reporting = [1]", "must be entrypoints such as"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(tmp_path, line, sentence):
    [problem] = problems(configured(tmp_path, f"[callers]\n{line}"))

    assert problem.startswith("callers")
    assert sentence in problem


def test_a_key_that_is_none_is_said(tmp_path):
    configuration = configured(tmp_path, '[callers]\nreporting = ["shop.*"]', keys=())
    (tmp_path / "keys").mkdir(exist_ok=True)
    (tmp_path / "keys" / "reporting.public.pem").write_text("no key")

    assert "callers.reporting has no Ed25519 key" in problems(configuration)[0]


def test_callers_must_be_a_section(tmp_path):
    assert "callers must be a section" in problems(configured(tmp_path, "callers = 3"))[0]
    with pytest.raises(ConfigurationError):
        configured(tmp_path, "callers = 3").callers()
