"""A tab of a browser as the dashboard's server knows it: the page's first lines, then Streamlit's own protocol.

What a browser keeps (scripts, styles) is not asked for again. A link leads to a new page with a new socket, as it does
in a browser; the masthead and the fields stay on the page and only ask for another run.
"""

from __future__ import annotations

import asyncio
import html
import re
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60
"""Seconds after which a page counts as one that did not come."""
_LINK = re.compile(r'href="\./([^"]*)"')


class Trouble(Exception):
    """A page did not come, or said that it could not be made."""


@dataclass(slots=True)
class Page:
    """What came of a click: how long until all of it was there, its links, fields and the ways of its masthead."""

    took: float = 0.0
    size: int = 0
    links: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)

    def to(self, page: str) -> list[str]:
        """Return the links to pages of a kind."""
        return [link for link in self.links if link.partition("?")[0] == page]


class Tab:
    """A tab. Leaving the block closes it."""

    def __init__(self, server: str) -> None:
        self._server = server
        # Without kept connections: the server may close one in the very moment it is used again.
        self._http = httpx.AsyncClient(
            base_url=server, timeout=PATIENCE, limits=httpx.Limits(max_keepalive_connections=0)
        )
        self._socket: ClientConnection | None = None
        self._kept: dict[str, ForwardMsg] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()
        await self._http.aclose()

    async def _leave(self) -> None:
        if self._socket is not None:
            await self._socket.close()
            self._socket = None
        self._kept.clear()

    async def open(self, address: str) -> Page:
        """Go to an address, as a link does or the bar of the browser."""
        begun = time.perf_counter()
        await self._leave()
        for path, wanted in ((f"/{address}", "text/html"), ("/_stcore/health", "*/*"), ("/_stcore/host-config", "*/*")):
            answer = await self._http.get(path, headers={"Accept": wanted})
            if answer.status_code != 200:
                raise Trouble(f"{path} answered {answer.status_code}")
        self._socket = await connect(
            f"{self._server.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
        )
        return await self.run(address, begun=begun)

    async def follow(self, page: Page, way: str) -> Page:
        """Take a way of the masthead."""
        return await self.run(way, script=page.ways[way])

    async def type(self, page: Page, address: str, name: str, text: str) -> Page:
        """Type into a field of the page at an address, and press Enter."""
        asked = BackMsg()
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = page.fields[name], text
        return await self.run(f"{address}?{name}={text}", asked)

    async def run(
        self, address: str, asked: BackMsg | None = None, *, script: str = "", begun: float | None = None
    ) -> Page:
        """Ask for a run of the page at an address, and wait until it has all come."""
        page, begun = Page(), time.perf_counter() if begun is None else begun
        asked, parts = asked or BackMsg(), urlsplit(address)
        asked.rerun_script.query_string = parts.query
        asked.rerun_script.page_script_hash = script
        asked.rerun_script.page_name = "" if script else parts.path
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        if self._socket is None:
            raise Trouble("the tab is on no page")
        await self._socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._took_in(await self._socket.recv(decode=False), page):
                pass
        page.took = time.perf_counter() - begun
        return page

    def _took_in(self, content: bytes, page: Page) -> bool:
        """Take in a message; return whether it was the last of its run."""
        page.size += len(content)
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._kept[message.ref_hash]
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._kept[message.hash] = message
        if kind == "delta":
            _read(message.delta, page)
        if kind != "script_finished" or message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise Trouble("the page's script did not end well")
        return True


def _read(delta: Delta, page: Page) -> None:
    element = delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        raise Trouble(element.exception.message)
    if kind == "html":
        if 'class="esc-notice" role=' in element.html.body:
            raise Trouble(re.sub(r"<[^>]+>", " ", element.html.body))
        page.links += map(html.unescape, _LINK.findall(element.html.body))
    elif kind == "text_input":
        page.fields[element.text_input.query_param_key] = element.text_input.id
    elif kind == "page_link":
        page.ways[element.page_link.page.strip("/")] = element.page_link.page_script_hash
