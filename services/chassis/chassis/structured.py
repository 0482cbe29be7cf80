"""structlog, imported without rich.

Where rich is installed, structlog imports it, to draw tracebacks on screens. Ours are plain text,
and rich takes a twentieth of the time in which a command or a service starts.
"""

import sys
from typing import Any

_modules: dict[str, Any] = sys.modules
_modules.setdefault("rich", None)  # it cannot be imported

import structlog  # noqa: E402
from structlog.typing import EventDict, Processor  # noqa: E402

if _modules["rich"] is None:
    del _modules["rich"]  # whoever does draw with it finds it

__all__ = ["EventDict", "Processor", "structlog"]
