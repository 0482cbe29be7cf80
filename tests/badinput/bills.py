"""Renewed licenses of a firm: two on statements of earlier months, two on the open account."""

from datetime import timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from billing.charges.tables import charges
from chassis.testing.world import World, eventually
from tests.support.practice import Person

AGO = (timedelta(days=40), timedelta(days=80))


def two_months(world: World, founder: Person, ids: dict[str, str]) -> None:
    """Four years of licenses begin; two of them as if that had been in other months."""
    for year in range(4):
        _renew(world, ids, 2030 + year)
    eventually(lambda: len(_open(world, founder)) == 4)
    with world.transaction("billing") as tx:
        mine = sa.select(charges.c.charge_id).where(charges.c.firm_id == UUID(ids["firm_id"]))
        for charge_id, ago in zip(tx.session.scalars(mine), AGO, strict=False):
            one = sa.update(charges).where(charges.c.charge_id == charge_id)
            tx.session.execute(one.values(made_at=tx.now - ago))
        tx.wake("close_months")
    eventually(lambda: len(founder.call(world, "billing.list_statements")["items"]) == 2)


def _open(world: World, founder: Person) -> list[object]:
    items: list[object] = founder.call(world, "billing.list_charges")["items"]
    return items


def _renew(world: World, ids: dict[str, str], year: int) -> None:
    begun = {
        "license_id": str(uuid4()),
        "firm_id": ids["firm_id"],
        "order_id": str(uuid4()),
        "number": 1,
        "level": "silver",
        "period_start": f"{year}-03-02",
        "paid_through": f"{year + 1}-03-01",
        "member_id": ids["member_id"],
        "account_id": ids["account_id"],
        "member_name": "Ida Berg",
    }
    world.publish("groups", "license_renewed.v1", begun, subject=begun["license_id"])
