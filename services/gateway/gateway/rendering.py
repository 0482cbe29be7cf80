"""Templates: one environment per language, strict, escaping everything."""

from collections.abc import Callable
from functools import cache, lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chassis.ids import uuid7
from gateway import languages
from gateway.assets import Assets

if TYPE_CHECKING:
    from gateway.visits import Visit


class Renderer:
    """Renders pages for one reader."""

    def __init__(self, assets: Assets, *, mails_here: bool = False) -> None:
        self._environment = cache(lambda language: environment(language, assets))
        self._mails_here = mails_here

    def render(self, template: str, visit: "Visit", **values: Any) -> str:
        """Return the page. A value that a template needs and was not given is an error."""
        found = self._environment(visit.language).get_template(f"{template}.html")
        return found.render(
            visit=visit, formats=visit.formats, mails_here=self._mails_here, **values
        )


def environment(language: str, assets: Assets) -> Environment:
    """Return the templates in one language."""
    made = Environment(
        loader=PackageLoader("gateway"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(languages.catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {
        "_": text_of(languages.catalogue(language)),
        "asset": assets.address,
        "integrity": assets.integrity,
        "new_key": lambda: str(uuid7()),
    }
    return made


def text_of(catalogue: NullTranslations) -> Callable[..., Markup]:
    """Return what gives a text in the catalogue's language, with values escaped and filled in.

    Jinja's own ``_`` looks through the context and fills in values for every text, also where
    there are none: on a long list's page that was a tenth of all it costs.
    """

    @lru_cache(4_096)
    def plain(message: str) -> Markup:
        return Markup(catalogue.gettext(message))  # noqa: S704 - the message is ours, not a reader's

    def text(message: str, /, **values: Any) -> Markup:
        found = plain(message)
        return found % values if values else found

    return text
