"""Calls another service, as this service, with a deadline."""

from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider

from chassis.calls import refuse_in_transaction
from chassis.ids import uuid7
from chassis.keys import Keyring
from chassis.rpc.client import RpcClient
from chassis.tokens import TokenSigner

DEADLINE_SECONDS = 10.0


class Remote(DependencyProvider):
    """``groups = Remote("groups")``: then ``self.groups.get_membership(account_id=…)``.

    Replies are JSON values. Raises the kinds of ``chassis.errors`` with the callee's code,
    DeadlineExceeded after ``timeout`` seconds, Unavailable when nobody answers.
    """

    rpc = RpcClient()

    def __init__(self, target: str, timeout: float = DEADLINE_SECONDS) -> None:
        self.target = target
        self.timeout = timeout

    def setup(self) -> None:
        """Read this service's own signing key."""
        keyring = Keyring(self.container.config["chambers"].get("keys.directory"))
        self._signer = TokenSigner(keyring, self.container.service_name)

    def get_dependency(self, worker_ctx: Any) -> "RemoteService":
        """Return the target as one call sees it."""
        return RemoteService(self, worker_ctx.call_id_stack)

    def call(self, method: str, request: dict[str, Any], stack: list[str], key: str) -> Any:
        """Return the reply to one call, repeated under ``key`` when its answer gets lost."""
        headers = {
            "call_id_stack": stack,
            "access_token": self._signer.service(),
            "idempotency_key": key,
        }
        return self.rpc.call(
            self.target, method, request, headers=headers, timeout=self.timeout, retry=True
        )


class RemoteService:
    """Its attributes are the target's entrypoints."""

    def __init__(self, remote: Remote, stack: list[str]) -> None:
        self._remote = remote
        self._stack = stack

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*, idempotency_key: str | None = None, **request: Any) -> Any:
            refuse_in_transaction(f"{self._remote.target}.{method}")
            key = idempotency_key or str(uuid7())
            return self._remote.call(method, request, self._stack, key)

        return call
