"""The generated files of a checkout: writes them, and says which are stale."""

import json
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from chassis.contracts.asyncapi import Consumers, document
from chassis.contracts.broker import definitions
from chassis.contracts.message_map import message_map
from chassis.contracts.needs import Services
from chassis.contracts.refusals import OF_ANY, described
from chassis.doors import points
from chassis.resources import contract_path


def direction(checkout: Path) -> list[str]:
    """Return the services from highest to lowest, as the checkout's pyproject.toml orders them."""
    tools: dict[str, Any] = tomllib.loads((checkout / "pyproject.toml").read_text())["tool"]
    ordered: list[str] = tools.get("chambers", {}).get("calls_go_down", [])
    return ordered


def generated(services: Services, checkout: Path) -> dict[Path, str]:
    """Return every generated file with its content."""
    heard = consumers(services)
    files = {
        contract_path(name): _json(document(source, heard.get(name, {})))
        for name, source in services.items()
    }
    files[checkout / "docs" / "message-map.md"] = message_map(services, heard, _news())
    broker = checkout / "deploy" / "rabbitmq" / "definitions.json"
    files[broker] = _json(definitions(services))
    return files | _of_doors(services, heard)


def _news() -> dict[str, tuple[str, str]]:
    """Return what each door hears as news: source and type."""
    return {name: point.load().hears for name, point in points().items()}


def _of_doors(services: Services, heard: Mapping[str, Consumers]) -> dict[Path, str]:
    """Return what each door opens to programs, as it makes it of the services' contracts."""
    contracts = {name: document(one, heard.get(name, {})) for name, one in services.items()}
    files = {}
    for name, point in points().items():
        door = point.load()
        package = Path(str(import_module(door.__module__.partition(".")[0]).__file__)).parent
        version = metadata.version(f"chambers-{name}")
        files[package / "api" / "openapi.json"] = _json(
            door.openapi(contracts, version, described(OF_ANY))
        )
    return files


def consumers(services: Services) -> dict[str, Consumers]:
    """Return source -> event type -> the handlers that hear it, as ``service.handler``."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, source in sorted(services.items()):
        for spec in source.of_kind("event"):
            found[str(spec.source)][str(spec.event_type)].append(f"{name}.{spec.name}")
    return {source: dict(kinds) for source, kinds in found.items()}


def stale(files: Mapping[Path, str]) -> list[Path]:
    """Return the files whose content on disk is another, or that are not there."""
    return [path for path, text in files.items() if not path.exists() or path.read_text() != text]


def earlier(services: Services, checkout: Path, revision: str) -> dict[str, Any]:
    """Return the contracts as they stood at a revision, without services it lacks."""
    found = {}
    for name in services:
        path = contract_path(name).relative_to(checkout)
        show = ["git", "show", f"{revision}:{path}"]
        shown = subprocess.run(show, cwd=checkout, capture_output=True, check=False)
        if shown.returncode == 0:
            found[name] = json.loads(shown.stdout)
    return found


def write(files: Mapping[Path, str]) -> list[Path]:
    """Bring the stale files up to date; returns them."""
    changed = stale(files)
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path])
    return changed


def _json(content: Any) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
