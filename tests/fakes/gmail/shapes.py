"""Gmail's own description of its API (the discovery document): routes, parameters, scopes and the shape of bodies."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import googleapiclient

DOCUMENT: Final = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents" / "gmail.v1.json"
_INTEGERS: Final = {"uint64": (0, 2**64), "int64": (-(2**63), 2**63)}
# Sent by the client library itself with every call; the discovery document lists them as global parameters.
_GLOBAL: Final = {"alt", "fields", "prettyPrint", "key", "quotaUser"}


class ViolationError(Exception):
    """The caller, or the fake itself, broke the discovery document; the message says how."""


@dataclass(frozen=True)
class Method:
    """One API method: `name` is short, such as `drafts.send`."""

    name: str
    verb: str
    pattern: re.Pattern[str]
    parameters: dict[str, dict[str, Any]]
    scopes: frozenset[str]
    request: str | None
    response: str | None


@cache
def document() -> dict[str, Any]:
    """The discovery document that ships with google-api-python-client."""
    loaded: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return loaded


@cache
def methods() -> tuple[Method, ...]:
    """Every method of users.*, those with literal path ends before those with a variable there."""
    found = [_method(raw) for raw in _walk(document()["resources"])]
    return tuple(sorted(found, key=lambda method: method.pattern.pattern.count("(?P")))


def find(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that answers this request, with the variables of its path."""
    for method in methods():
        match = method.pattern.fullmatch(path)
        if match and method.verb == verb:
            return method, match.groupdict()
    return None


def checked_query(method: Method, query: dict[str, list[str]]) -> dict[str, Any]:
    """The query's values in their types, defaults filled in; raises ViolationError on anything undocumented."""
    allowed = {name: spec for name, spec in method.parameters.items() if spec["location"] == "query"}
    for name, values in query.items():
        if name not in allowed and name not in _GLOBAL:
            raise ViolationError(f"{method.name}: unknown query parameter {name!r}")
        if name in allowed and len(values) > 1 and not allowed[name].get("repeated"):
            raise ViolationError(f"{method.name}: {name!r} given {len(values)} times")
    return {name: _parameter(method, name, spec, query.get(name)) for name, spec in allowed.items()}


def check(schema: str, value: object, where: str) -> None:
    """Raises ViolationError when the value does not have the shape of that schema."""
    _check_object(document()["schemas"][schema], value, f"{where} ({schema})")


def _walk(resources: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for resource in resources.values():
        found += resource.get("methods", {}).values()
        found += _walk(resource.get("resources", {}))
    return found


def _method(raw: dict[str, Any]) -> Method:
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape("/" + raw["path"]))
    return Method(
        name=raw["id"].removeprefix("gmail.users."),
        verb=raw["httpMethod"],
        pattern=re.compile(pattern),
        parameters=raw.get("parameters", {}),
        scopes=frozenset(raw.get("scopes", ())),
        request=raw.get("request", {}).get("$ref"),
        response=raw.get("response", {}).get("$ref"),
    )


def _parameter(method: Method, name: str, spec: dict[str, Any], given: list[str] | None) -> Any:
    if given is None:
        if spec.get("repeated"):
            return []
        given = [spec["default"]] if "default" in spec else []
    values = [_typed(f"{method.name}: {name}", spec, text) for text in given]
    if spec.get("repeated"):
        return values
    return values[0] if values else None


def _typed(where: str, spec: dict[str, Any], text: str) -> Any:
    if "enum" in spec and text not in spec["enum"]:
        raise ViolationError(f"{where}: {text!r} is none of {spec['enum']}")
    if spec["type"] == "boolean":
        if text not in {"true", "false"}:
            raise ViolationError(f"{where}: {text!r} is no boolean")
        return text == "true"
    if spec["type"] == "integer" or spec.get("format") in _INTEGERS:
        if not text.isdecimal():
            raise ViolationError(f"{where}: {text!r} is no number")
        return int(text)
    return text


def _check_value(spec: dict[str, Any], value: object, where: str) -> None:
    if "$ref" in spec:
        _check_object(document()["schemas"][spec["$ref"]], value, where)
    elif spec["type"] == "array":
        if not isinstance(value, list) or not value:
            raise ViolationError(f"{where}: not a list with something in it (Gmail leaves empty lists out)")
        for number, item in enumerate(value):
            _check_value(spec["items"], item, f"{where}[{number}]")
    else:
        _check_scalar(spec, value, where)


def _check_scalar(spec: dict[str, Any], value: object, where: str) -> None:
    kinds = {"string": str, "integer": int, "boolean": bool, "number": float}
    if type(value) is not kinds.get(spec["type"]):
        raise ViolationError(f"{where}: {type(value).__name__} where {spec['type']} belongs")
    if "enum" in spec and value not in spec["enum"]:
        raise ViolationError(f"{where}: {value!r} is none of {spec['enum']}")
    if spec.get("format") in _INTEGERS and isinstance(value, str):
        low, high = _INTEGERS[spec["format"]]
        if not re.fullmatch(r"-?\d+", value) or not low <= int(value) < high:
            raise ViolationError(f"{where}: {value!r} is no {spec['format']}")
    if spec.get("format") == "byte" and isinstance(value, str):
        unpadded(value, where)


def _check_object(schema: dict[str, Any], value: object, where: str) -> None:
    if not isinstance(value, dict):
        raise ViolationError(f"{where}: {type(value).__name__} where an object belongs")
    properties = schema.get("properties", {})
    for name, item in value.items():
        if name not in properties:
            raise ViolationError(f"{where}: unknown field {name!r}")
        _check_value(properties[name], item, f"{where}.{name}")


def unpadded(text: str, where: str) -> bytes:
    """The bytes of URL-safe base64, with or without padding; raises ViolationError on the standard alphabet."""
    if set(text) & set("+/"):  # Python's decoder takes them even where others are named
        raise ViolationError(f"{where}: not URL-safe base64")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ViolationError(f"{where}: not URL-safe base64 ({error})") from error
