"""How does a part of the application wait to be loaded until somebody asks for it?"""

from __future__ import annotations

from importlib import import_module

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send


class Later:
    """An application named by its module: whoever does not ask for it does not wait for it, nor for what it needs."""

    def __init__(self, module: str, name: str = "app") -> None:
        self._module, self._name = module, name
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on."""
        if self._app is None:
            self._app = await run_in_threadpool(self._load)
        await self._app(scope, receive, send)

    def _load(self) -> ASGIApp:
        app: ASGIApp = getattr(import_module(self._module), self._name)
        return app
