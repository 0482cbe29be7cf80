"""The pictures in ``docs/screens``: CHAMBERS_WRITE_SCREENS=1 with this file takes them anew."""

import os
from pathlib import Path

import pytest

from tests.browser import practice as made
from tests.browser.people import DESK

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
LARGEST = 150_000  # bytes: all of them are in every clone
PICTURES = {
    "clients": "/clients",
    "client": "/clients/{client_id}",
    "shared": "/clients/{client_id}/shared",
    "changes": "/bell",
    "who-sees": "/clients/{client_id}/access",
    "firm": "/firm",
    "invite": "/firm/invite",
    "remove": "/firm/members/{member_id}/remove",
    "billing": "/billing",
    "licenses": "/billing/licenses",
}
MORE = (
    ("Amina", "Diallo", {"number": "2026-18", "tags": ["mediation"]}),
    ("Jonas", "Lindqvist", {"number": "2026-21", "tags": ["custody"]}),
    ("Sofia", "Marin", {"status": "prospect", "tags": ["tutoring"]}),
    ("Noah", "Weiss", {"number": "2026-24", "tags": ["custody", "urgent"]}),
    ("Ruth", "Okoye", {"status": "inactive", "number": "2025-90"}),
)


@pytest.mark.skipif("CHAMBERS_WRITE_SCREENS" not in os.environ, reason="only when asked for")
def test_pictures_are_taken(somebody, practice):
    for given_name, family_name, more in MORE:
        made.a_record(practice.admin, given_name, family_name, **more)
    ana = somebody("Ana Meyer", email=practice.admin.email)
    ana.log_in()
    ana.part(".me").wait_for()
    SCREENS.mkdir(exist_ok=True)
    for name, path in PICTURES.items():
        ana.open(path.format(**practice.ids))
        ana.page.screenshot(path=SCREENS / f"{name}.png")


def test_each_picture_is_there_and_small():
    found = {file.stem: file.read_bytes() for file in SCREENS.glob("*.png")}
    assert set(found) == set(PICTURES)
    for name, picture in found.items():
        width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        assert (width, height) == (DESK["width"], DESK["height"]), name
        assert len(picture) < LARGEST, name
