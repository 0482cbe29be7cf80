from dataclasses import replace
from uuid import uuid4

import pytest

from chassis.auth import CLIENTS, NOBODY, PEOPLE, PROFESSIONALS, PUBLIC, Actor, services

PROFESSIONAL = Actor("professional", uuid4())
CLIENT = replace(PROFESSIONAL, kind="client")
BILLING = Actor("service", service="billing")


@pytest.mark.parametrize(
    ("callers", "admitted"),
    [
        (PROFESSIONALS, [PROFESSIONAL]),
        (CLIENTS, [CLIENT]),
        (PEOPLE, [PROFESSIONAL, CLIENT]),
        (PUBLIC, [PROFESSIONAL, CLIENT, BILLING, NOBODY]),
        (services("billing"), [BILLING]),
        (services("groups"), []),
        (services("groups") | PROFESSIONALS, [PROFESSIONAL]),
        (services("groups", "billing") | CLIENTS, [CLIENT, BILLING]),
    ],
)
def test_callers_admit_whom_they_name_and_nobody_else(callers, admitted):
    everybody = [PROFESSIONAL, CLIENT, BILLING, NOBODY]

    assert [actor for actor in everybody if callers.admits(actor)] == admitted


def test_callers_describe_themselves_for_the_contract():
    assert (PEOPLE | services("groups", "billing")).describe() == [
        "client",
        "professional",
        "service:billing",
        "service:groups",
    ]
