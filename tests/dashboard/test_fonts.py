"""Do readers get our fonts from us, small and once, and stand figures one below the other in them?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
import screens
import seed
from playwright.sync_api import Browser

from dashboard.routes.fonts import FILES, FIRST, FOLDER

HERE = FOLDER.parent
STYLE = (HERE / "fonts.css").read_text(encoding="utf-8")
MOVED = """() => { window.moved = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries()) window.moved += one.value;
}).observe({type: 'layout-shift', buffered: true}); }"""
WIDE = """([words, kind]) => {
  const one = document.createElement('span');
  one.className = kind;
  one.style.position = 'absolute';
  one.textContent = words;
  document.querySelector('main, [data-testid=stMain]').append(one);
  const wide = one.getBoundingClientRect().width;
  one.remove();
  return wide;
}"""


def test_the_style_sheet_names_every_font_we_hold_and_no_other() -> None:
    assert sorted(re.findall(r'url\("\./fonts/([^"]+)"\)', STYLE)) == sorted(FILES)
    assert sum(path.stat().st_size for path in FILES.values()) < 150_000
    for path in FILES.values():
        family = path.name.rpartition("-latin")[0].rstrip("0123456789.").rstrip("-")
        licence = (FOLDER / f"{family}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_options_name_the_fonts_as_the_style_sheet_does() -> None:
    theme = tomllib.loads((HERE / "options.toml").read_text(encoding="utf-8"))["theme"]
    assert f"--esc-sans: {theme['font']};" in STYLE
    assert f"--esc-serif: {theme['headingFont']};" in STYLE


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_font_is_served_once_and_for_all(ask: Callable[..., Any], name: str) -> None:
    answer = ask(f"/fonts/{name}", Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["content-type"] == "font/woff2"
    assert answer.headers["content-length"] == str(FILES[name].stat().st_size)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["none.woff2", "public-sans-OFL.txt", "..%2Ficon.png", "%2e%2e/options.toml", ""])
def test_nothing_else_of_the_folder_is_served(ask: Callable[..., Any], name: str) -> None:
    assert ask(f"/fonts/{name}").status == 404


def moved(browser: Browser, address: str) -> float:
    """How far lines move on a page that is opened for the first time, as browsers measure it (CLS)."""
    page, _ = screens.opened(browser)
    page.add_init_script(f"({MOVED})()")
    screens.visit(page, address)
    page.evaluate("() => document.fonts.ready")
    return float(page.evaluate("() => window.moved"))


@pytest.mark.browser
@pytest.mark.parametrize("path", [f"/vote?id={seed.FOUNDING}", f"/v/{seed.FOUNDING}"])
def test_figures_stand_one_below_the_other_and_no_line_moves(browser: Browser, server: str, path: str) -> None:
    page, asked = screens.opened(browser)
    screens.visit(page, server + path)
    page.evaluate("() => document.fonts.ready")
    loaded = page.evaluate(
        "() => [...document.fonts].filter(one => one.status === 'loaded').map(one => one.family.replaceAll('\"', ''))"
    )
    assert {"Public Sans", "Source Serif 4"} <= set(loaded)
    assert {url.rpartition("/")[2] for url in asked if "/fonts/" in url} == set(FIRST), "the rest only where needed"
    for kind in ("esc-num", "esc-figure", "esc-n"):
        wide = {page.evaluate(WIDE, [figure * 4, f"stHtml {kind}"]) for figure in "0123456789"}
        assert len(wide) == 1, kind
    dash, hyphen = (page.evaluate(WIDE, [sign * 4, "stHtml esc-figure"]) for sign in "–-")
    assert dash > hyphen * 1.2
    if path.startswith("/v/"):
        # On a busy machine a font may come so late that the page is there without it: the best of three counts.
        tries = (moved(browser, server + path) for _ in range(3))
        assert any(one < 0.05 for one in tries), "so much where no font like ours stands in until ours is there"
