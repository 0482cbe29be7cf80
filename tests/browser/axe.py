"""axe-core: what in a page keeps people from using it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VENDORED = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
RUN = "axe.run(document, %s).then(found => found.violations)"
BY_COLOUR_OR_SIZE = '{"runOnly": ["color-contrast", "target-size"]}'


def faults(page: Page, options: str = "{}") -> list[str]:
    """What axe finds wrong in the page as it is shown: the rule, and where."""
    found: list[Any] = page.evaluate(RUN % options)
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]
