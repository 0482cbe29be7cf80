"""The HTTP API: one route, one message. What is refused is told as a problem."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from werkzeug.exceptions import HTTPException, RequestTimeout
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from chassis.errors import BadRequest, ChassisError, Internal
from chassis.ids import uuid7
from chassis.web import ServiceCall
from gateway.api import problems, reading
from gateway.api.document import FIELD
from gateway.api.routes import PREFIX, ROUTES, Route
from gateway.downloads import download

log = logging.getLogger(__name__)
FILE = Path(__file__).parent / "openapi.json"
Json = dict[str, Any]


class Operation:
    """A route with what the document says of its parameters."""

    def __init__(self, route: Route, said: Json) -> None:
        self.route = route
        parameters = said["parameters"]
        self.query = {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}
        self.takes_version = any(one["name"] == "If-Match" for one in parameters)


class Api:
    """Answers everything below ``/api/``."""

    def __init__(self) -> None:
        self._document = FILE.read_bytes()
        paths: Mapping[str, Json] = orjson.loads(self._document)["paths"]
        rules = [
            Rule(
                FIELD.sub(r"<\1>", PREFIX + route.path),
                methods=[route.verb],
                endpoint=Operation(route, paths[PREFIX + route.path][route.verb.lower()]),
            )
            for route in ROUTES
        ]
        self._urls = Map(rules, strict_slashes=False, merge_slashes=False)

    def answer(self, request: Request, call: ServiceCall) -> Response:
        """Return the answer to one request, with the id under which the logs have it."""
        call_id = f"gateway.{uuid7()}"
        try:
            response = self._answered(request, call, call_id)
        except ChassisError as error:
            response = problems.of_refusal(error)
        except HTTPException as error:
            response = problems.of_http(error)
        except TimeoutError:  # the body did not come in time
            response = problems.of_http(RequestTimeout())
        except Exception:
            log.exception("a route failed (%s)", call_id)
            response = problems.of_refusal(Internal())
        response.headers["X-Request-Id"] = call_id
        return response

    def _answered(self, request: Request, call: ServiceCall, call_id: str) -> Response:
        if request.path == f"{PREFIX}/openapi.json":
            return Response(self._document, content_type="application/json")
        operation, in_path = self._urls.bind_to_environ(request.environ).match()
        route = operation.route
        reply = call(
            route.service,
            route.message,
            _fields(request, operation, in_path),
            token=reading.token(request),
            key=reading.key(request),
            call_id=call_id,
        )
        return _response(request, route, reply)


def _fields(request: Request, operation: Operation, in_path: Json) -> Json:
    """Return the message's fields: each from one place only."""
    if operation.route.verb == "GET":
        fields = reading.from_query(request, operation.query)
    else:
        fields = reading.from_body(request)
        if operation.takes_version and (version := reading.version(request)) is not None:
            in_path = {**in_path, "version": version}
    if repeated := reading.first_repeated(list(in_path), fields):
        wrong = {repeated: ["Said in the path or a header already."]}
        raise BadRequest("a field is said twice", fields=wrong)
    return {**fields, **in_path}


def _response(request: Request, route: Route, reply: Any) -> Response:
    if reply is None:
        return Response(status=204)
    if "content_base64" in reply:
        return download(reply)
    response = Response(orjson.dumps(reply), route.status, content_type="application/json")
    if isinstance(version := reply.get("version"), int):
        response.headers["ETag"] = f'"{version}"'
    if cursor := reply.get("next_cursor"):
        query = urlencode({**request.args.to_dict(), "cursor": cursor})
        response.headers["Link"] = f'<{request.path}?{query}>; rel="next"'
    return response
