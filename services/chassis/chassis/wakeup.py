"""How one greenthread wakes another."""

from eventlet.event import Event


class WakeUp:
    """Wakes one waiting greenthread; ringing twice before it looks is ringing once."""

    def __init__(self) -> None:
        self._event = Event()

    def ring(self) -> None:
        """Let the present or the next ``wait`` return at once."""
        if not self._event.ready():
            self._event.send()

    def wait(self, seconds: float) -> bool:
        """Wait until rung, or for ``seconds``; return whether it was rung."""
        self._event.wait(timeout=seconds)
        if not self._event.ready():
            return False
        self._event = Event()
        return True
