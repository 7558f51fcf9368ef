"""The JSON Schema of the native format, made from the shapes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from incidentkit._vocabulary import (
    ComponentStatus,
    Impact,
    IncidentStatus,
    Indicator,
    MaintenanceStatus,
    words,
)
from incidentkit.formats.native._shapes import VERSION, ComponentRef, Document

if TYPE_CHECKING:
    from enum import Enum

_WORDS: Final[tuple[type[Enum], ...]] = (
    IncidentStatus,
    MaintenanceStatus,
    Impact,
    ComponentStatus,
    Indicator,
)
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """
    The JSON Schema (2020-12) of the native format, with a description of every key.

    What `write` gives validates against it, and what validates is read in full: but for
    times that never were, and stretches of coverage that run backwards.

    >>> schema()["$id"]
    'urn:incidentkit:schema:1'
    """
    _, made = msgspec.json.schema_components((Document,), ref_template="#/$defs/{name}")
    definitions = cast("dict[str, Any]", _shortened(made))
    definitions[ComponentRef.__name__]["anyOf"] = [
        {"required": [name], "properties": {name: {"type": "string"}}}
        for name in ("name", "id")
    ]
    for kind in _WORDS:
        # msgspec sorts them by spelling; here the order says something.
        definitions[kind.__name__]["enum"] = list(words(kind))
    document = definitions.pop(Document.__name__)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:incidentkit:schema:{VERSION}",
        **document,
        "title": "A status page, as incidentkit keeps it",
        "$defs": definitions,
    }


def schema_text() -> str:
    """The JSON Schema as text, as it is shipped in `incidentkit.schema.json`."""
    return json.dumps(schema(), indent=2) + "\n"


def _shortened(said: object) -> object:
    # Descriptions come from docstrings: their first paragraph is what they describe.
    if isinstance(said, list):
        return [_shortened(one) for one in cast("list[object]", said)]
    if not isinstance(said, dict):
        return said
    return {
        name: " ".join(one.partition("\n\n")[0].split())
        if name == "description" and isinstance(one, str)
        else _shortened(one)
        for name, one in cast("dict[str, object]", said).items()
    }
