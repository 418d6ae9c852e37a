"""Can everybody read every page: does axe find no barrier, in the light and in the dark, on a desk and on a phone?"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
import screens
import seed
from playwright.sync_api import Browser, Page

from dashboard.components.verdicts import EXAMPLE

pytestmark = pytest.mark.browser
CONTRAST = "color-contrast"
PEOPLE = "ch=pe_congress&a=alva-prieto-maria-del-carmen&b=taipe-coronado-maria-elizabeth"
PATHS = (
    "/", "/votes", "/votes?ch=us_house&out=no&sort=closest", "/votes?q=nada", "/votes?q=ingrso+militar",
    f"/vote?id={seed.FOUNDING}", f"/vote?id={seed.SHEET}&own=1&lang=en", f"/vote?id={seed.SPEAKER}",
    f"/vote?id={seed.CORRECTED}&version=1", f"/vote?id={seed.MANY_BILLS}", "/vote?id=none",
    "/members?ch=pe_congress", "/member?id=taipe-coronado-maria-elizabeth",
    f"/member?id={seed.SWITCHED}&ch=us_house&year=2024", f"/member?id={seed.SWITCHED}&year=all&lang=en",
    "/groups?ch=us_house&year=2024", "/group?id=R&ch=us_house&year=2024", "/group?id=AP&ch=pe_congress",
    f"/compare?a={seed.FOUNDING}&b={seed.SHEET}", f"/versus?{PEOPLE}",
    "/changes", "/coverage", "/method?term=split",
    f"/check?lang=en&claim={quote(EXAMPLE)}", "/check", f"/plain/check?lang=en&claim={quote(EXAMPLE)}",
    f"/v/{seed.FOUNDING}", f"/v/{seed.SENATE}?lang=en", f"/v/{seed.CORRECTED}?version=1", "/v/none", "/api/v1/",
)  # fmt: skip
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
GROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
DARK, LIGHT = "rgb(14, 17, 23)", "rgb(255, 255, 255)"


@pytest.fixture(scope="module")
def rich(served: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server on the small database with a whole year, bills, and something that waits, failed and was not read."""
    filled = seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('rich')}/votes.sqlite")
    for more in (seed.year, seed.bills, seed.waiting):
        more(filled.engine)
    return served(filled.url)


def looked_at(page: Page, address: str) -> dict[str, list[str]]:
    """Look at a page with everything unfolded: by every rule by day on a desk and by night on a phone; and what else
    depends on the light, on the two other screens. Say what stands in a reader's way there."""
    screens.visit(page, address)
    found: dict[str, list[str]] = {}
    for width, scheme, ground, rules in (
        (1280, "light", LIGHT, ()), (1280, "dark", DARK, (CONTRAST,)),
        (360, "dark", DARK, ()), (360, "light", LIGHT, (CONTRAST,)),
    ):  # fmt: skip
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_function(f"ground => ({GROUND})() === ground", arg=ground)
        page.evaluate(UNFOLD)
        wrong = screens.barriers(page, *rules) + (screens.beyond(page, width) if width == 360 else [])
        if wrong:
            found[f"{width} {scheme}"] = wrong
    return found


@pytest.mark.parametrize("path", PATHS)
def test_nothing_stands_in_a_readers_way(browser: Browser, rich: str, path: str) -> None:
    page, asked = screens.opened(browser)
    assert looked_at(page, rich + path) == {}
    assert screens.outside(asked, rich) == []
    page.context.close()


@pytest.mark.parametrize("path", ["/votes?lang=en", "/vote?id=s-1", "/vote?id=s-3", "/vote?id=o-10"])
def test_doubts_transcriptions_and_joined_papers_are_read_as_well(browser: Browser, papers: str, path: str) -> None:
    page, _ = screens.opened(browser)
    assert looked_at(page, papers + path) == {}
    page.context.close()


# What Streamlit lays over a page for as long as a choice is made: a list outside of every landmark, and a calendar with
# a header of its own, both rules of good practice, not of WCAG. Nothing of ours can reach into either.
THEIRS = ("region: ['#react-aria", "landmark-banner-is-top-level: ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_choice_and_an_open_calendar_can_be_read(browser: Browser, rich: str, scheme: str) -> None:
    page, _ = screens.opened(browser, scheme=scheme)
    page.emulate_media(reduced_motion="reduce")
    for button, opens in ((".st-key-ch input", "[role=option]"), (".st-key-since button", "[role=grid]")):
        screens.visit(page, f"{rich}/votes")
        page.click(button)
        page.wait_for_selector(opens)
        assert [one for one in screens.barriers(page) if not one.startswith(THEIRS)] == []
    page.context.close()
