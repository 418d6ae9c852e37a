"""Does an embedded vote show what stands, say what moved, and fit into any page?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import screens
import seed
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dashboard import words
from dashboard.components import embedded
from dashboard.routes import embed
from dashboard.routes.lasting import Lasts
from tracker.queries import votes
from tracker.queries.database import connect

Ask = Callable[..., Any]
VOTES = (seed.SHEET, seed.SPEAKER, seed.QUORUM, seed.HOSTILE, seed.DOUBTFUL)


def test_it_shows_what_stands_whatever_version_was_embedded(ask: Ask) -> None:
    for version in ("", "&version=1", "&version=2", "&version=99"):
        assert ">4–5<" in ask(f"/embed/{seed.CORRECTED}?lang=en{version}").body
    assert "Corrected on" not in ask(f"/embed/{seed.CORRECTED}?lang=en&version=2").text
    assert "Corrected on" not in ask(f"/embed/{seed.CORRECTED}?lang=en&version=99").text
    moved = ask(f"/embed/{seed.CORRECTED}?lang=en&version=1").text
    assert "Corrected on 30 June 2023: Yea 5→4, Nay 4→5. The source changed the document." in moved
    assert "Corregido el 30 de junio de 2023:" in ask(f"/embed/{seed.CORRECTED}?lang=es&version=1").text


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        (seed.SHEET, ("70–33–4", "board 69–31–4, +3 by voice", "70 yes", "Fuerza Popular 20–0–0", "and 6 more groups",
                      "www2.congreso.gob.pe, page 1", "voted at 00:10 on 19 May 2023")),
        (seed.SPEAKER, ("216–212", "McCarthy 216", "Jeffries 212", "6 Present")),
        (seed.QUORUM, ("434",)),
        (seed.DOUBTFUL, ("278–148", "The sums do not meet")),
    ],
)  # fmt: skip
def test_it_says_what_the_page_says(ask: Ask, slug: str, said: tuple[str, ...]) -> None:
    told = ask(f"/embed/{slug}?own=1&lang=en").text
    assert [one for one in said if one not in told] == []


def test_what_is_provisional_is_called_so(ask: Ask, tmp_path: Path) -> None:
    filled = seed.seeded(f"sqlite:///{tmp_path}/votes.sqlite")
    seed.waiting(filled.engine)
    assert "PROVISIONAL" in ask(f"/embed/{seed.PROVISIONAL}?lang=en", at=filled.url).text


def test_any_page_may_hold_it_and_it_may_do_nothing_else(ask: Ask) -> None:
    answer = ask(f"/embed/{seed.SHEET}?lang=en")
    policy = answer.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors *")
    assert "default-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "x-frame-options" not in answer.headers
    assert answer.headers["cache-control"] == Lasts.OLD.rule
    assert len(answer.raw) < 16_000
    same = ask(f"/embed/{seed.SHEET}?lang=en", If_None_Match=answer.headers["etag"])
    assert same.status == 304
    assert same.headers["content-security-policy"] == policy
    for other in (f"/v/{seed.SHEET}", "/embed/none", "/plain/check"):
        headers = ask(other).headers
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert ask("/embed/none").status == 404


def test_hostile_words_stay_words(ask: Ask) -> None:
    asked = ask(f"/embed/{seed.HOSTILE}?lang=en&theme=%22%3E%3Cscript%3E")
    assert (asked.status, asked.headers["location"]) == (308, f"./{seed.HOSTILE}?lang=en")
    body = ask(f"/embed/{seed.HOSTILE}?lang=en").body
    assert re.findall(r"<script>(.*?)</script>", body, re.DOTALL) == [str(embed.SCRIPT)]
    assert "onerror=a&gt;" in body
    assert '<html lang="en">' in body


@pytest.fixture
def framed(browser: Browser, serve: Callable[[Starlette], AbstractContextManager[int]], plain_port: int, ask: Ask,
           ) -> Iterator[Callable[..., Page]]:  # fmt: skip
    """Open a page of somebody else's, on another address, that has a vote embedded by the code of its plain page."""
    pages: list[Page] = []
    code = [""]

    async def around(_request: Request) -> HTMLResponse:
        return HTMLResponse(f"<!doctype html><html lang=en><title>t</title><body style='margin:0'>{code[0]}")

    with serve(Starlette(routes=[Route("/", around)])) as port:

        def open_page(slug: str, width: int, *, scheme: str = "light", scripts: bool = True, more: str = "") -> Page:
            body = ask(f"/v/{slug}?own=1&lang=en").body
            found = re.search(r'<pre class="esc-copy esc-code"[^>]*><code>(.*?)</code>', body, re.DOTALL)
            assert found
            code[0] = html.unescape(found[1]).replace("version=", f"{more}version=")
            context = browser.new_context(
                viewport={"width": width, "height": 900}, java_script_enabled=scripts,
                color_scheme="dark" if scheme == "dark" else "light",
            )  # fmt: skip
            pages.append(context.new_page())
            pages[-1].set_default_timeout(10_000)
            pages[-1].goto(f"http://127.0.0.1:{port}/")
            pages[-1].frame_locator("iframe").locator("footer").wait_for()
            return pages[-1]

        yield open_page
        for page in pages:
            page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [280, 600])
@pytest.mark.parametrize("slug", VOTES)
def test_it_is_as_high_as_it_says_and_never_wider(framed: Callable[..., Page], slug: str, width: int) -> None:
    page = framed(slug, width)
    inner = page.frames[1]
    inner.wait_for_function("document.fonts.ready.then(() => document.fonts.status === 'loaded')")
    needed = inner.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    page.wait_for_function("needed => document.querySelector('iframe').clientHeight === needed", arg=needed)
    assert inner.evaluate("document.documentElement.scrollWidth") <= width
    assert inner.evaluate("document.documentElement.scrollHeight") <= needed
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.parametrize("slug", VOTES)
def test_without_scripts_the_height_written_is_enough(framed: Callable[..., Page], slug: str) -> None:
    page = framed(slug, 360, scripts=False)
    high = page.locator("iframe").bounding_box()
    inside = page.frame_locator("iframe").locator("main").bounding_box()
    assert high is not None
    assert inside is not None
    assert inside["height"] <= high["height"] <= inside["height"] + 190


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "more", "ground"), [
    ("light", "", "rgb(255, 255, 255)"), ("dark", "", "rgb(14, 17, 23)"),
    ("dark", "theme=light&", "rgb(255, 255, 255)"), ("light", "theme=dark&", "rgb(14, 17, 23)"),
])  # fmt: skip
def test_axe_finds_nothing_by_day_and_by_night(
    framed: Callable[..., Page], scheme: str, more: str, ground: str
) -> None:
    page = framed(seed.SHEET, 360, scheme=scheme, more=more)
    inner = page.frames[1]
    assert inner.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    inner.evaluate(screens.AXE)
    found = inner.evaluate("rules => axe.run({runOnly: rules}).then(r => r.violations.map(v => v.id))", screens.RULES)
    assert found == []


def test_the_height_is_told_from_what_is_shown(database: str) -> None:
    engine = connect(database)
    heights = {}
    for slug in (seed.QUORUM, seed.SHEET):
        view = votes.one(engine, slug, own=True)
        assert view is not None
        heights[slug] = embedded.height(view, words.of("en"))
    assert heights[seed.QUORUM] < heights[seed.SHEET]
