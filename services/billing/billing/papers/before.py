"""Papers as PDF: laid out in a thread beside the hub, never in a transaction."""

import base64
from collections.abc import Callable
from typing import Any

from eventlet import tpool
from eventlet.semaphore import Semaphore

from billing.papers.paper import Paper
from chassis.auth import services
from chassis.calls import refuse_in_transaction

MAILS = services("notifications")  # whose mail goes to whom billing has named

_turn = Semaphore(1)  # one paper at a time: a page takes some hundredths of a second


def print_paper(service: Any, find: Callable[[Any], Paper]) -> dict[str, str]:
    """Return what ``find`` finds as a file."""
    with service.db.transaction(read_only=True) as tx:
        paper = find(tx)
    return printed(paper)


def printed(paper: Paper) -> dict[str, str]:
    """Return the paper as a file. Raises WaitingInTransaction inside one."""
    refuse_in_transaction("rendering a paper")
    from billing.papers.pdf import render  # loaded by the process that is asked for one

    with _turn:
        content = tpool.execute(render, paper)
    return {
        "file_name": f"{paper.title.lower()}-{paper.number}.pdf",
        "content_type": "application/pdf",
        "content_base64": base64.b64encode(content).decode(),
    }
