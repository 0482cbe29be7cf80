"""A private RabbitMQ node."""

import atexit
import os
import secrets
import shutil
import signal
import socket
from types import TracebackType

from chassis.testing.nodes.process import Folder, NodeError, Process, free_ports
from chassis.testing.nodes.programs import ensure_installed, find_rabbitmq

CONFIG = """\
listeners.tcp.1 = 127.0.0.1:{amqp}
log.console = true
log.console.level = warning
log.file = false
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 1GiB
"""
# Two schedulers that sleep instead of spinning: tests share their machine.
ERLANG = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
DATA = "data"
PROTOCOL_HEADER = b"AMQP\x00\x00\x09\x01"


class RabbitNode:
    """A RabbitMQ of our own on free ports of 127.0.0.1, with no plugins and its own epmd.

    A context manager; `kill`, `start` and `restart` keep its data, `stop` ends it for good when
    the ``with`` ends.
    """

    def __init__(self) -> None:
        ensure_installed()
        programs = find_rabbitmq()
        if programs is None:
            raise NodeError("RabbitMQ is not installed")
        self._programs = programs
        self._folder = Folder("rabbitmq", user="rabbitmq")
        self.port, self._distribution, self._epmd_port = free_ports(3)
        self.name = f"chambers{secrets.token_hex(4)}@localhost"
        self._server = Process(self._folder, "rabbitmq")
        self._epmd = Process(self._folder, "epmd")
        self._environment = self._prepare()

    @property
    def url(self) -> str:
        """The broker's URL, for nameko and kombu."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int:
        """The broker's process id; `NodeError` when it does not run."""
        return self._server.pid

    def start(self, seconds: float = 90) -> "RabbitNode":
        """Start the broker, on the data it left if it ran before; returns when it answers."""
        if not self._epmd.running:
            epmd = ["epmd", "-port", str(self._epmd_port), "-address", "127.0.0.1"]
            self._epmd.start(epmd, self._environment)
        self._server.start([str(self._programs / "rabbitmq-server")], self._environment)
        self._server.wait_ready(self.answers, seconds)
        return self

    def stop(self) -> None:
        """Stop the broker in good order; its data stay until the node is closed."""
        self._server.end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the broker as a power cut would (kill -9)."""
        self._server.end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop in good order and start again on the same data and port."""
        self.stop()
        self.start()

    def lose_data(self) -> None:
        """Kill the broker and start one that knows nothing, under the same name and port."""
        self.kill()
        shutil.rmtree(self._folder.path / DATA)
        self._folder.make(DATA)
        self.start()

    def close(self) -> None:
        """Stop everything and remove the data; safe to call again."""
        self._server.end(signal.SIGKILL)
        self._epmd.end(signal.SIGKILL)
        self._folder.remove()
        atexit.unregister(self.close)

    def answers(self) -> bool:
        """Return whether the broker takes connections: it greets back as the protocol asks."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(PROTOCOL_HEADER)
                return connection.recv(1) == b"\x01"
        except OSError:
            return False

    def ctl(self, *arguments: str) -> str:
        """Run ``rabbitmqctl``; return what it prints. `NodeError` when it refuses."""
        command = [str(self._programs / "rabbitmqctl"), "-q", "-n", self.name, *arguments]
        return self._folder.run(command, self._environment)

    def __enter__(self) -> "RabbitNode":
        atexit.register(self.close)
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _prepare(self) -> dict[str, str]:
        """Write the node's files; returns the whole environment its programs run in."""
        folder, home = self._folder, self._folder.make("home")
        folder.write("home/.erlang.cookie", secrets.token_hex(16), mode=0o400)
        data = folder.make(DATA)
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "ERL_EPMD_PORT": str(self._epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": self.name,
            "RABBITMQ_DIST_PORT": str(self._distribution),
            "RABBITMQ_CONFIG_FILE": str(
                folder.write("rabbitmq.conf", CONFIG.format(amqp=self.port))
            ),
            "RABBITMQ_CONF_ENV_FILE": str(folder.write("environment.conf", "")),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder.write("plugins", "[].")),
            "RABBITMQ_MNESIA_BASE": str(data),
            "RABBITMQ_LOG_BASE": str(folder.path),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_PID_FILE": str(folder.path / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": ERLANG
            + " -kernel inet_dist_use_interface {127,0,0,1}",
            # One process, not a shell around it: what we signal is the broker itself.
            "RUNNING_UNDER_SYSTEMD": "true",
        }
