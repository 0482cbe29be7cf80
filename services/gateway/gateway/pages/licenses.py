"""The firm's licenses: how many there are, what becomes of them, and what became of each."""

from werkzeug.wrappers import Response

from gateway.pages import firm_words, forecasts
from gateway.pages.page import get
from gateway.visits import Visit


def show_licenses(visit: Visit) -> Response:
    """Show the counts, and on which days licenses lapse or renew (S1-06, S1-07, S1-18)."""
    forecast = visit.ask("groups", "get_license_forecast")
    firm = visit.ask("groups", "get_firm_overview")
    bars = forecasts.bars(forecast["items"])
    return visit.page("firm/licenses", firm=firm, forecast=forecast, bars=bars, shape=forecasts)


def show_history(visit: Visit) -> Response:
    """List what became of each license, by whom and why, the newest first."""
    found = visit.ask("groups", "list_license_entries", cursor=visit.cursor, limit=50)
    return visit.page("firm/license_history", found=found, words=firm_words)


def lead_to_day(visit: Visit, day: str) -> Response:
    """Lead from a mail about licenses of one day to what becomes of them, or to what became."""
    forecast = visit.ask("groups", "get_license_forecast")
    is_ahead = any(one["date"] == day for one in forecast["items"])
    return visit.go("/firm/licenses#forecast" if is_ahead else "/firm/licenses/history")


PAGES = (
    get("/firm/licenses", show_licenses),
    get("/firm/licenses/<day>", lead_to_day),
    get("/firm/licenses/history", show_history),
)
