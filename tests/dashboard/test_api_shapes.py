"""Are the shapes that programs are promised in two places one and the same: in docs, and in types?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from dashboard.api.claims import Checked
from dashboard.api.vote import Vote

DOCS = Path(__file__).parents[2] / "docs"


def told(schema: dict[str, Any]) -> str | None:
    """What a description says, in one line."""
    return " ".join(schema["description"].split()) if "description" in schema else None


def flat(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Write a schema without references or ways of saying the same: its types, choices, bounds, keys and items."""
    if "$ref" in schema:
        at: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            at = at[part]
        return flat(at, root)
    if parts := schema.get("anyOf", schema.get("oneOf")):
        together: dict[str, Any] = {"types": set()}
        for part in (flat(part, root) for part in parts):
            together["types"] |= part.pop("types")
            together |= part
        return together
    types = schema.get("type", [])
    found: dict[str, Any] = {"types": {types} if isinstance(types, str) else set(types)}
    if "enum" in schema:
        found["enum"] = set(schema["enum"]) - {None}
        found["types"] = {"string"} | ({"null"} if None in schema["enum"] else set())
    for key in ("format", "minimum", "pattern"):
        if key in schema and schema[key] != "uri":
            found[key] = schema[key]
    if "items" in schema:
        found["items"] = flat(schema["items"], root)
    if "properties" in schema:
        assert schema["additionalProperties"] is False
        found["keys"] = {key: flat(value, root) for key, value in schema["properties"].items()}
        found["told"] = {key: told(value) for key, value in schema["properties"].items()}
    return found


@pytest.mark.parametrize(("name", "model"), [("vote", Vote), ("check", Checked)])
def test_the_types_and_the_documented_schema_say_the_same(name: str, model: type[BaseModel]) -> None:
    ours = model.model_json_schema(mode="serialization")
    documented = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))
    here, there = flat(ours, ours), flat(documented, documented)
    assert here["keys"].keys() == there["keys"].keys()
    assert set(documented["required"]) <= set(ours["required"])
    for key, shape in there["keys"].items():
        assert here["keys"][key] == shape, key
        assert here["told"][key] == there["told"][key], key
