"""Which commands there are, found without importing any of them."""

import ast
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from chassis.resources import checkout

# Modules of this package that are no commands.
MACHINERY = frozenset(
    {"__init__", "__main__", "comparing", "discovery", "logins", "outcome", "output", "parsing",
     "services", "shells"}
)  # fmt: skip
WORDS = ("help", "version")  # understood beside the commands
# For who changes Chambers: they need a checkout, and would only be in the way of who runs it.
FOR_CHECKOUTS = frozenset({"bench", "contracts", "requirements", "test"})


def available() -> dict[str, str]:
    """Return command name -> module name: the chassis' own, and those of other distributions.

    Some are there in a checkout only.
    """
    hidden = MACHINERY if checkout() else MACHINERY | FOR_CHECKOUTS
    here = Path(__file__).parent
    own = {
        path.stem.replace("_", "-"): f"chassis.cli.{path.stem}"
        for path in here.glob("*.py")
        if path.stem not in hidden
    }
    brought = {point.name: point.value for point in entry_points(group="chambers.commands")}
    return brought | own


def summary(module: str) -> str:
    """Return the first line of the module's docstring; "" for a module that is not there."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return ""
    documented = ast.get_docstring(ast.parse(Path(spec.origin).read_text())) or ""
    return documented.partition("\n")[0]
