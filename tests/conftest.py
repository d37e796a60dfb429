"""What all tests share."""

from __future__ import annotations

import pickle
from functools import cache

from flask_openapi3 import utils
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

_described = utils.get_model_schema


@cache
def _once(model: type[BaseModel], mode: JsonSchemaMode) -> bytes:
    return pickle.dumps(_described(model, mode))


def _schema(model: type[BaseModel], mode: JsonSchemaMode = "validation") -> dict:
    """A copy of the schema of a shape: most of the time an application takes to make goes there."""
    return pickle.loads(_once(model, mode))  # noqa: S301 - our own


utils.get_model_schema = _schema
