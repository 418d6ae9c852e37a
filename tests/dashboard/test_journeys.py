"""Does a reporter get where they are going: from a question to a figure, its names and its source?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
import screens
import seed
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
DESK, PHONE = (1280, "light"), (360, "dark")
on_a_desk_and_on_a_phone_at_night = pytest.mark.parametrize(
    ("screen", "site"),
    [(DESK, "sqlite"), pytest.param(PHONE, "postgres", marks=pytest.mark.postgres)],
    ids=["desk, SQLite", "phone at night, PostgreSQL"],
    indirect=["site"],
)
Screen = tuple[int, str]


@pytest.fixture(scope="module")
def sites(served: Callable[[str], str], on: Callable[[str, str], str], year: str) -> Callable[[str], str]:
    """Servers on the small database and a year of the House made up, one for each engine that is asked for."""
    return cache(lambda kind: served(on(kind, year)))


@pytest.fixture
def site(request: pytest.FixtureRequest, sites: Callable[[str], str]) -> str:
    """The address of the server on SQLite, unless another engine is asked for."""
    return sites(getattr(request, "param", "sqlite"))


def set_out(browser: Browser, address: str, screen: Screen) -> tuple[Page, list[str]]:
    """Open a page on a screen; give every address that is asked for on the way."""
    page, asked = screens.opened(browser, width=screen[0], scheme=screen[1])
    screens.visit(page, address)
    return page, asked


def follow(page: Page, link: str) -> None:
    """Click a link, and wait until the page it leads to is there, no wider than the screen."""
    page.evaluate("() => { window.left = true; }")
    page.locator(link).first.click()
    page.wait_for_function("() => !window.left && document.querySelector('.esc-further')")
    width = page.viewport_size
    assert width is not None
    assert screens.beyond(page, width["width"]) == []


def says(page: Page, selector: str, words: str) -> None:
    """Wait until a part of the page says something."""
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.textContent.includes(words)", arg=[selector, words]
    )


@on_a_desk_and_on_a_phone_at_night
def test_the_founding_vote_is_found_and_followed_to_its_source_by_keyboard_alone(
    browser: Browser, site: str, screen: Screen
) -> None:
    page, asked = set_out(browser, f"{site}/method", screen)
    screens.tab_to(page, ".st-key-esc-masthead a[href*='votes']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-count")
    screens.tab_to(page, "input[type=search]")
    page.keyboard.type("personal militar")
    page.keyboard.press("Enter")
    says(page, ".esc-count", "«personal militar»")
    assert "q=personal+militar" in page.url
    screens.tab_to(page, f"a[href*='{seed.FOUNDING}']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-foot")
    assert page.inner_text(".esc-figure") == "70–33–4"
    assert "69–31–4" in page.inner_text(".esc-others")
    page.wait_for_function("() => document.title.startsWith('70–33–4')")
    screens.tab_to(page, "a[href='#source']")
    page.keyboard.press("Enter")
    screens.tab_to(page, ".esc-address a")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate("() => document.activeElement.href").endswith(".pdf#page=61")
    digest = page.locator(".esc-evidence code").first.inner_text()
    assert len(digest) == 64
    assert int(digest, 16)
    assert screens.outside(asked, site) == []


@on_a_desk_and_on_a_phone_at_night
def test_who_broke_ranks_by_which_rule_who_that_is_and_back(browser: Browser, site: str, screen: Screen) -> None:
    page, _ = set_out(browser, f"{site}/vote?id={seed.SHEET}&own=1", screen)
    says(page, ".esc-finding", "8 personas votaron distinto")
    page.click("a[href='#ranks']")
    screens.settle(page)
    page.click(".st-key-rule input")
    page.locator("[role=option]").filter(has_text="openparliament").click()
    says(page, ".esc-finding", "1 persona votó distinto")
    rebel = page.locator(".esc-ranks a[href*='member']").first.inner_text()
    follow(page, ".esc-ranks a[href*='member']")
    assert page.inner_text("h1") == rebel
    assert page.locator(f".esc-course a[href*='{seed.SHEET}']").count() == 1
    page.go_back()
    says(page, ".esc-finding", "1 persona votó distinto")
    assert "rule=openparliament" in page.url


@on_a_desk_and_on_a_phone_at_night
def test_what_changed_since_how_it_stood_and_how_it_stands(browser: Browser, site: str, screen: Screen) -> None:
    page, _ = set_out(browser, f"{site}/changes", screen)
    assert "Final 5–4–0 → 4–5–0" in " ".join(page.inner_text(".esc-latest").split())
    follow(page, ".esc-latest a[href*='vote?id=']")
    assert page.inner_text(".esc-figure") == "4–5"
    assert "Corregida" in page.inner_text(".esc-badges")
    follow(page, ".esc-history a:has-text('Lectura 1')")
    assert page.inner_text(".esc-figure") == "5–4"
    assert "Esta es la lectura 1, que ya no está vigente." in page.inner_text(".esc-warning")
    follow(page, ".esc-warning a")
    assert page.inner_text(".esc-figure") == "4–5"


@on_a_desk_and_on_a_phone_at_night
def test_last_night_in_the_corridor_the_figures_come_before_the_charts(
    browser: Browser, site: str, screen: Screen
) -> None:
    page, _ = set_out(browser, f"{site}/", screen)
    assert screens.beyond(page, screen[0]) == []
    sittings = page.locator(".esc-votes > li")
    assert "H.R. 24" in sittings.first.inner_text(), "the latest sitting stands first"
    screens.visit(page, f"{site}/?lang=en")
    follow(page, ".esc-votes a.esc-subject[href*='us-house-2024-24']")
    parts = [
        ".esc-figure", ".esc-inwords", "[data-testid=stCode]", "#ranks", "#source",
        "[data-testid=stVegaLiteChart] svg", ".esc-ballots",
    ]  # fmt: skip
    for part in parts:
        page.wait_for_selector(part)
    screens.settle(page)
    tops = "parts => parts.map(part => document.querySelector(part).getBoundingClientRect().top)"
    down = page.evaluate(tops, parts)
    assert down == sorted(down)
    assert "The sums of this document do not meet" in page.inner_text(".esc-warning")
    assert screens.beyond(page, screen[0]) == []


@on_a_desk_and_on_a_phone_at_night
def test_two_votes_on_one_bill_are_compared_and_who_switched_is_named(
    browser: Browser, site: str, screen: Screen
) -> None:
    page, _ = set_out(browser, f"{site}/vote?id=us-house-2024-5&lang=en", screen)
    follow(page, ".esc-ladder a[href*='compare']")
    moved = page.locator(".esc-moves td:not(.esc-same) a")
    figures = [int(one) for one in moved.all_inner_texts()]
    assert page.inner_text(".esc-finding").startswith(f"{sum(figures)} members changed position")
    named = [line.count("Member ") for line in page.locator("section:has(h3[id]) p").all_inner_texts()]
    assert named == figures, "each figure has its names"
    moved.first.click()
    page.wait_for_function("() => location.hash.length > 1 && document.querySelector(location.hash)")
    follow(page, "section:has(h3[id]) a[href*='member']")
    assert page.inner_text("h1").startswith("Member ")
    assert "lang=en" in page.url


@on_a_desk_and_on_a_phone_at_night
def test_whether_it_is_missing_or_never_happened(browser: Browser, site: str, screen: Screen) -> None:
    page, _ = set_out(browser, f"{site}/votes", screen)
    page.fill("input[type=search]", "presupuesto nuclear")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-notice")
    told = page.inner_text(".esc-notice")
    assert "Ninguna votación para «presupuesto nuclear»." in told
    assert "Eso no quiere decir que no se haya votado" in told
    assert "US House: del 3 de enero de 2023 al 27 de noviembre de 2024" in told
    follow(page, ".esc-notice a[href*='coverage']")
    assert "La última recogida falló" in page.inner_text(".esc-sourcelist")
    follow(page, ".esc-years a[href*='ch=us_house'][href*='since=2024']")
    assert page.inner_text(".esc-count").startswith("24 votaciones")


def test_the_other_language_goes_along_from_page_to_page(browser: Browser, site: str) -> None:
    page, _ = set_out(browser, f"{site}/votes?q=personal+militar", PHONE)
    follow(page, ".esc-lang")
    assert "lang=en" in page.url
    assert page.inner_text(".esc-count").startswith("2 votes · “personal militar”")
    assert page.get_attribute("html", "lang") == "en"
    follow(page, f".esc-votes a[href*='{seed.FOUNDING}']")
    assert "70 yes · 33 no · 4 abstentions" in page.inner_text(".esc-inwords")
    page.click(".st-key-esc-masthead a[href*='changes']")
    says(page, "h1", "Changes in the records")
    assert "lang=en" in page.url
    follow(page, ".esc-lang")
    assert page.url.endswith("/changes?lang=es")
    says(page, "h1", "Cambios en los registros")


def test_a_choice_stands_in_the_address_and_the_way_back_undoes_it(browser: Browser, site: str) -> None:
    page, _ = set_out(browser, f"{site}/vote?id={seed.FOUNDING}", DESK)
    page.locator(".st-key-esc-ballot-filters [data-testid=stSelectbox] input").nth(1).focus()
    screens.settle(page)
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option]")
    page.keyboard.type("en contra")
    page.wait_for_function("() => document.querySelectorAll('[role=option]').length === 1")
    page.keyboard.press("Enter")
    says(page, ".esc-ballots caption", "33 ")
    assert page.url.endswith("position=no")
    page.go_back()
    says(page, ".esc-ballots caption", "107 ")
    page.go_forward()
    says(page, ".esc-ballots caption", "33 ")
    page.reload()
    says(page, ".esc-ballots caption", "33 ")
    follow(page, ".esc-lang")
    assert page.inner_text(".esc-ballots caption") == "33 people"
