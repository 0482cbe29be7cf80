"""The embedded default in one process that may be killed: ``… DATA_DIR NAME SIZE``.

Works through the workload, says at its end what it found broken, and leaves with 0. Started
again on the same data it goes on where it was.
"""

import chassis.patch  # noqa: F401, I001  - before everything else

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from chassis import logs
from chassis.config import Configuration
from chassis.rpc.standalone import Client
from chassis.runner import (
    Runner,
    installed_services,
    load_service,
    nameko_config,
    prepare_embedded,
)
from chassis.testing.stacks import QUICK
from chassis.testing.world import World

from tests.faults.invariants import violations
from tests.faults.workload import Workload


def main(folder: Path, name: str, size: int) -> None:
    """Run to the end, or as far as the fault lets it."""
    env = {**QUICK, "CHAMBERS_DATA_DIR": str(folder), "CHAMBERS_BUS_URL": "embedded://crash"}
    configuration = Configuration({}, env)
    logs.configure("warning", "text")
    services = installed_services()
    prepare_embedded(configuration, services)
    with ExitStack() as cleanup:
        runner = Runner(configuration, [load_service(service) for service in services])
        runner.start_checked()
        client = cleanup.enter_context(Client(nameko_config(configuration, services[0])))
        world = World("embedded", configuration, [runner], client)
        workload = Workload(world, name, folder / "acknowledged")
        workload.run(size)
        print(json.dumps({"broken": violations(world, workload)}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
