"""The former name of ``chassis.local_calls``, kept for one release."""

from chassis.local_calls import connect as connected

__all__ = ["connected"]
