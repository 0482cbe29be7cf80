"""What tells the other tests that nothing was written would tell if something was."""

from tests.badinput.digest import Watch, digest
from tests.support.practice import an_address


def test_it_tells_of_what_was_written_and_not_of_what_was_read(world):
    watch = Watch(world)
    before, known = watch.stamp(), digest(world)

    for service in ("identity", "groups", "clients", "billing", "notifications"):
        world.rows(service, "SELECT count(*) FROM outbox")
    assert watch.stamp() == before or digest(world) == known

    address = an_address()
    new = {"email": address, "password": "a long pass phrase", "name": "Ana"}
    world.call("identity.register", **new, kind="client")
    assert watch.stamp() != before
    assert digest(world) != known
    watch.close()
