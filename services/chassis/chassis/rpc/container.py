"""The container of nameko, whose workers answer also when a dependency fails."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from nameko.containers import ServiceContainer

from chassis.errors import ChassisError, Internal
from chassis.rpc.requests import refuse_expired

log = logging.getLogger(__name__)


class Container(ServiceContainer):
    """Chosen with ``SERVICE_CONTAINER_CLS: chassis.rpc.container.Container``.

    In nameko an exception in ``get_dependency``, ``worker_setup``, ``worker_result`` or
    ``worker_teardown`` ends the process. Here the first two are answered like exceptions of
    the method, and the last two, which come after the answer, are logged.
    """

    def _run_worker(self, worker_ctx: Any, handle_result: Any) -> None:
        result = exc_info = None
        try:
            refuse_expired(worker_ctx.data)  # it may have waited for a free worker
            self._inject_dependencies(worker_ctx)
            self._worker_setup(worker_ctx)
            method = getattr(worker_ctx.service, worker_ctx.entrypoint.method_name)
            result = method(*worker_ctx.args, **worker_ctx.kwargs)
        except Exception as exc:  # noqa: BLE001 - becomes the answer
            exc_info = sys.exc_info()
            _note(worker_ctx, exc)
        if handle_result is not None:
            result, exc_info = handle_result(worker_ctx, result, exc_info)
        self._worker_result(worker_ctx, result, exc_info)
        del exc_info  # breaks a reference cycle, as in nameko
        self._worker_teardown(worker_ctx)

    def _worker_result(self, worker_ctx: Any, result: Any, exc_info: Any) -> None:
        for provider in self.dependencies:
            _guard(provider.worker_result, worker_ctx, result, exc_info)

    def _worker_teardown(self, worker_ctx: Any) -> None:
        for provider in self.dependencies:
            _guard(provider.worker_teardown, worker_ctx)


def _note(worker_ctx: Any, error: Exception) -> None:
    name = f"{worker_ctx.service_name}.{worker_ctx.entrypoint.method_name}"
    if isinstance(error, ChassisError) and not isinstance(error, Internal):
        log.info("%s refused: %s (%s)", name, error.code, worker_ctx.call_id)
    else:
        log.exception("%s failed (%s)", name, worker_ctx.call_id)


def _guard(hook: Callable[..., None], *arguments: Any) -> None:
    try:
        hook(*arguments)
    except Exception:
        log.exception("a dependency failed after the answer was sent")
