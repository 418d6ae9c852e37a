"""A reader's window: opened on a screen of some width, moved in by keyboard, looked at by axe."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 60_000
BEYOND = """limit => [...document.querySelectorAll('body *')]
  .filter(e => getComputedStyle(e).position !== 'absolute'
    && e.getBoundingClientRect().right > limit + 1 && !e.closest('.esc-scroll'))
  .map(e => e.className || e.tagName)"""
WIDE = """() => Math.max(document.documentElement.scrollWidth,
  document.querySelector('[data-testid=stMain]')?.scrollWidth ?? 0)"""
DRAWN = "() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(one => one.querySelector('svg'))"
STILL = """() => {
  const main = document.querySelector('[data-testid=stMain]'), now = `${main.scrollHeight} ${main.scrollTop}`;
  if (window.stood !== now) { window.stood = now; window.since = performance.now(); }
  return performance.now() - window.since > 400;
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script


def opened(browser: Browser, *, width: int = 1280, scheme: str = "light") -> tuple[Page, list[str]]:
    """Open a tab, and note every address it asks for."""
    page = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    ).new_page()
    page.set_default_timeout(WAIT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return page, asked


def outside(asked: list[str], server: str) -> list[str]:
    """Return what was asked of anybody but us."""
    return [url for url in asked if not url.startswith((server, "data:", "blob:", server.replace("http", "ws")))]


def visit(page: Page, address: str) -> None:
    """Go to a page, and wait until all of it is there."""
    page.goto(address)
    page.wait_for_selector(".esc-further, header.esc-masthead")
    page.wait_for_function(DRAWN)


def settle(page: Page) -> None:
    """Wait until the page neither grows nor scrolls any more: Streamlit closes an open list of choices when it does."""
    page.evaluate("() => { delete window.stood; }")
    page.wait_for_function(STILL)


def tab_to(page: Page, wanted: str, *, most: int = 80) -> None:
    """Press Tab until what is wanted has the focus. A page that still grows takes it away again."""
    settle(page)
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def beyond(page: Page, width: int = 360) -> list[str]:
    """Return what stands out of a screen, but for what may be moved by itself; the width of the page if it moves."""
    found = list(page.evaluate(BEYOND, width))
    wide = page.evaluate(WIDE)
    return found if wide <= width else [*found, f"the page is {wide} wide"]


def barriers(page: Page, *rules: str) -> list[str]:
    """Return what axe finds on a page: by the rules of WCAG 2.2 AA and of good practice, or by the named ones only."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
    found: dict[str, Any] = page.evaluate(
        "options => axe.run(options)",
        {"runOnly": only, "resultTypes": ["violations"], "iframes": False, "preload": False},
    )
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]} ({node['failureSummary']})"
        for one in found["violations"]
        for node in one["nodes"]
    ]
