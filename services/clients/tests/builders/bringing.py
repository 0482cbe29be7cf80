"""Imports as a member sends them, and what they all answer."""

from uuid import uuid4

ANN = {"row": 1, "given_name": "Ann", "family_name": "Weiss", "emails": ["ann@example.org"]}
BOB = {"row": 2, "given_name": "Bob", "phones": ["030 123456"]}
GERMAN = {"country_code": "49"}


def an_import(member, *rows, batch_id=None, **more):
    batch_id = batch_id or str(uuid4())
    reply = member.call("import_clients", rows=list(rows), batch_id=batch_id, **GERMAN, **more)
    assert [verdict["row"] for verdict in reply["rows"]] == [row["row"] for row in rows]
    assert sum(reply["counts"].values()) == len(rows)
    return reply["rows"]


def a_preview(member, *rows, **more):
    return member.call("preview_import", rows=list(rows), **GERMAN, **more)["rows"]


def verdicts(rows):
    return [row["verdict"] for row in rows]


def names(member):
    return [row["name"] for row in member.call("list_clients")["items"]]
