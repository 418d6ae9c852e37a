"""How is the interface described, to programs by OpenAPI and to a person on a page?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dashboard import links, words
from dashboard.api.problems import KIND, NAMES, Problem, kind
from dashboard.components.escape import Html, el, join
from dashboard.routes import asked
from dashboard.routes.templates import POLICY, fill

MOUNTED = "/api/v1"
ABOUT: dict[str, Any] = {
    "title": "Escrutinio",
    "version": "1",
    "summary": "Recorded votes in parliaments, with every count, its checks and the page it was read from.",
    "description": (
        "Read only, without an account. Keys are only ever added. null means that the source does not say, never zero. "
        "Every answer has an `ETag`: send it back as `If-None-Match`, and while nothing has changed the answer is 304. "
        "Failures are `application/problem+json` (RFC 9457) with a `type` that never changes. More in docs/api.md."
    ),
    "license_info": {"name": "Figures and sentences may be quoted freely; official documents are their publishers'"},
    "docs_url": None,
    "redoc_url": None,
    "redirect_slashes": False,
    "openapi_tags": [
        {"name": "votes", "description": "Votes, in lists and whole."},
        {"name": "changes", "description": "What moved in the records, and why."},
        {"name": "members", "description": "Members, their records, and groups."},
        {"name": "record", "description": "What is held, and how fresh it is."},
        {"name": "claims", "description": "What the record says of a text."},
    ],
}
"""The pages that FastAPI would make load their scripts from another host: there is one of ours instead."""
ALWAYS = (422, 429, 500, 503)
SENT = (413, 415)
HEADERS = {
    "ETag": "Changes with the data, the address and the programme.",
    "Link": "With `rel=next`: where the list goes on.",
    "RateLimit": "How often one may still ask (`r`), and in how many seconds as often as at first (`t`).",
    "RateLimit-Policy": "How often one address may ask (`q`) in how many seconds (`w`).",
}

EXAMPLES: dict[str, Any] = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
"""An answer of each kind, by its path, most of the vote this product began with; long lists in them are cut short."""


def describe(app: FastAPI) -> None:
    """Make an application describe its failures as they are."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            parts = schema["components"]["schemas"]
            for name in ("HTTPValidationError", "ValidationError"):
                parts.pop(name, None)
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            parts |= problem.pop("$defs") | {"Problem": problem}
            for path, operations in schema["paths"].items():
                for method, operation in operations.items():
                    _failures(path, method, operation)
            app.openapi_schema = _in_one_line(schema)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _failures(path: str, method: str, operation: dict[str, Any]) -> None:
    keys = {parameter["name"] for parameter in operation.get("parameters", ())}
    found = (*ALWAYS, *((404,) if "{" in path or keys & {"ch", "cursor"} else ()), *(SENT if method == "post" else ()))
    answers = operation["responses"]
    answers["200"]["content"]["application/json"]["example"] = EXAMPLES[path]
    answers["200"]["headers"] = {
        name: {"description": told, "schema": {"type": "string"}} for name, told in HEADERS.items()
    }
    if method == "get":
        answers["304"] = {"description": "What was sent as `If-None-Match` still holds."}
    for status in sorted(found):
        told = f"{HTTPStatus(status).phrase} (`{NAMES[status]}`)"
        example = {"type": kind(NAMES[status]), "title": HTTPStatus(status).phrase, "status": status, "detail": "…"}
        content = {KIND: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
        answers[str(status)] = {"description": told, "content": content}


def _in_one_line(value: Any) -> Any:
    """Undo the line ends that descriptions have from where they stand in the code."""
    if isinstance(value, dict):
        return {
            key: " ".join(part.split()) if key == "description" and isinstance(part, str) else _in_one_line(part)
            for key, part in value.items()
        }
    return [_in_one_line(part) for part in value] if isinstance(value, list) else value


def page(request: Request, schema: dict[str, Any]) -> HTMLResponse:
    """Return the description as a page: no script, nothing from elsewhere."""
    say = words.of("en")
    told = fill(
        "api.html",
        say=say,
        lang=None,
        up=asked.up(request),
        title="API · Escrutinio",
        about=_coded(ABOUT["summary"]),
        more=_coded(schema["info"]["description"]),
        here=links.to(f"{MOUNTED.lstrip('/')}/openapi.json"),
        operations=list(_operations(schema)),
    )
    return HTMLResponse(told, headers={"Cache-Control": "no-cache", "Content-Security-Policy": POLICY})


def _operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            yield {
                "id": operation["operationId"],
                "name": f"{method.upper()} {MOUNTED}{path}",
                "text": _coded(operation["description"]),
                "parameters": [
                    (parameter["name"], _coded(parameter["description"]), _values(parameter["schema"]))
                    for parameter in operation.get("parameters", ())
                ],
            }


def _coded(text: str) -> Html:
    """Set what stands between two signs ` as code."""
    return join(el("code", part) if n % 2 else part for n, part in enumerate(text.split("`")))


def _values(schema: dict[str, Any]) -> str:
    """Say what a parameter may be: its choices, else its type or form."""
    if "anyOf" in schema:
        return ", ".join(filter(None, (_values(part) for part in schema["anyOf"])))
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    kind = schema.get("format") or schema.get("type", "")
    most = f" ≤ {schema['maximum']}" if "maximum" in schema else ""
    return "" if kind == "null" else f"{schema.get('const', kind)}{most}"
