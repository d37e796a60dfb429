"""Partial answers: Google's `fields=` selector, such as `nextPageToken,messages(id,payload/headers)`."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.gmail.shapes import ViolationError, document

Tree = dict[str, "Tree"]
_TOKEN = re.compile(r"[\w$]+|[*,()/]")


def select(fields: str, value: Any, schema: str) -> Any:
    """The value with the named fields alone; raises ViolationError for a field the schema does not have."""
    tokens = _TOKEN.findall(fields)
    if "".join(tokens) != fields:
        raise ViolationError(f"fields: cannot read {fields!r}")
    tree = _parse_list(tokens)
    if tokens:
        raise ViolationError(f"fields: {''.join(tokens)!r} left over in {fields!r}")
    _check(tree, document()["schemas"][schema])
    return _cut(tree, value)


def _parse_list(tokens: list[str]) -> Tree:
    tree: Tree = {}
    while True:
        name, inner = _parse_one(tokens)
        tree.setdefault(name, {}).update(inner)
        if not tokens or tokens[0] != ",":
            return tree
        tokens.pop(0)


def _parse_one(tokens: list[str]) -> tuple[str, Tree]:
    if not tokens or tokens[0] in "(),/":
        raise ViolationError("fields: a name is missing")
    name = tokens.pop(0)
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        inner_name, inner = _parse_one(tokens)
        return name, {inner_name: inner}
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        tree = _parse_list(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise ViolationError("fields: a closing parenthesis is missing")
        return name, tree
    return name, {}


def _check(tree: Tree, schema: dict[str, Any]) -> None:
    for name, inner in tree.items():
        if name == "*":
            continue
        spec = schema.get("properties", {}).get(name)
        if spec is None:
            raise ViolationError(f"fields: {name!r} is no field of {schema.get('id')}")
        if inner:
            reference = spec.get("$ref") or spec.get("items", {}).get("$ref")
            if reference is None:
                raise ViolationError(f"fields: {name!r} has no fields of its own")
            _check(inner, document()["schemas"][reference])


def _cut(tree: Tree, value: Any) -> Any:
    if isinstance(value, list):
        return [_cut(tree, item) for item in value]
    if not tree or "*" in tree or not isinstance(value, dict):
        return value
    return {name: _cut(tree[name], item) for name, item in value.items() if name in tree}
