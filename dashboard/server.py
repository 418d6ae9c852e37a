"""What answers at which address? One ASGI application: the pages, and plain routes beside them.

Run by `uvicorn dashboard.server:app`. Everything it needs to know stands in `tracker.settings`.
"""

from __future__ import annotations

import os
import tomllib
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from streamlit import config

from dashboard import components
from dashboard.routes.headers import SecurityHeaders
from dashboard.routes.shell import Shell
from dashboard.routes.table import ROUTES

HERE = Path(__file__).parent


def options() -> dict[str, Any]:
    """Return Streamlit's options as this dashboard sets them, by dotted name."""
    flat: dict[str, Any] = {}

    def walk(table: dict[str, Any], before: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{before}{key}.")
            else:
                flat[before + key] = value

    walk(tomllib.loads((HERE / "options.toml").read_text(encoding="utf-8")), "")
    return flat


def _of_the_proxy() -> dict[str, Any]:
    """Return what only the proxy in front knows; Streamlit reads these variables itself only under its own command."""
    prefix = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH")
    hosts = os.environ.get("STREAMLIT_SERVER_ALLOWED_HOSTS")
    found: dict[str, Any] = {} if prefix is None else {"server.baseUrlPath": prefix}
    return found if hosts is None else found | {"server.allowedHosts": hosts.replace(",", " ").split()}


def prefix() -> str:
    """Return what the pages' addresses begin with: `/votes`, or nothing."""
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""


def plain_routes() -> list[BaseRoute]:
    """Return the plain routes, and the same under the prefix, if the pages have one."""
    return [*ROUTES, Mount(prefix(), routes=ROUTES)] if prefix() else [*ROUTES]


def make() -> st.App:
    """Put the application together. Options of the working folder's `.streamlit` give way to ours."""
    config.get_config_options(force_reparse=True, options_from_flags=_of_the_proxy() | options())
    return st.App(
        HERE / "app.py",
        routes=plain_routes(),
        middleware=[Middleware(SecurityHeaders), Middleware(Shell, prefix=prefix())],
    )


for part in iter_modules(components.__path__, f"{components.__name__}."):
    import_module(part.name)  # what pages are made of takes seconds to load, which the first reader should not wait for
app = make()
