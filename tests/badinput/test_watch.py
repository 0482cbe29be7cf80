"""What tells the other tests that nothing was written would tell if something was."""

from chassis.testing.world import eventually
from tests.badinput.digest import Watch, digest
from tests.support.practice import an_address


def test_it_tells_of_what_was_written_and_not_of_what_was_read(world):
    watch = Watch(world)

    def only_read():
        before = watch.stamp()
        return digest(world) and watch.stamp() == before

    assert eventually(only_read)  # a job may write meanwhile, but not each time
    before, known = watch.stamp(), digest(world)

    address = an_address()
    new = {"email": address, "password": "a long pass phrase", "name": "Ana"}
    world.call("identity.register", **new, kind="client")
    assert watch.stamp() != before
    assert digest(world) != known
    watch.close()
