"""Do the pages draw, fit and behave in a real browser, with no call to the outside?"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
import screens
import seed
from playwright.sync_api import Browser

from dashboard.components.verdicts import EXAMPLE

pytestmark = pytest.mark.browser
SCROLLED = "() => [...document.querySelectorAll('.esc-scroll')].filter(e => e.scrollWidth > e.clientWidth).length"


def test_a_vote_is_found_by_its_filters_from_the_masthead_on_by_keyboard(browser: Browser, server: str) -> None:
    page, _ = screens.opened(browser, width=360, scheme="dark")
    page.goto(f"{server}/method")
    page.wait_for_selector(".esc-further")
    screens.tab_to(page, ".st-key-esc-masthead a[href*='votes']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-count")
    screens.tab_to(page, "[data-testid=stExpander] summary")
    page.keyboard.press("Enter")
    screens.tab_to(page, ".st-key-out input")
    screens.settle(page)
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option]")
    page.keyboard.type("viva")
    page.wait_for_function("() => document.querySelectorAll('[role=option]').length === 1")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.esc-count').textContent.startsWith('1 ')")
    assert page.url.endswith("/votes?out=turned")
    assert screens.beyond(page) == []
    screens.tab_to(page, f".esc-votes a[href*='{seed.SENATE}']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-figure")
    assert page.inner_text(".esc-figure") == "51–50"


@pytest.mark.parametrize(
    ("width", "scheme", "seats"), [(1280, "light", ""), (1280, "dark", "&seats=group"), (360, "light", "&seats=group")]
)
def test_the_charts_draw_fit_and_take_the_readers_colours(
    browser: Browser, server: str, width: int, scheme: str, seats: str
) -> None:
    page, asked = screens.opened(browser, width=width, scheme=scheme)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # On a page with a path, Streamlit looks for its server there first and gets two 404s, as it is meant to.
    page.on(
        "console", lambda said: said.type in ("error", "warning") and "404" not in said.text and wrong.append(said.text)
    )
    page.goto(f"{server}/vote?id={seed.SHEET}&own=1{seats}")
    page.wait_for_function("() => document.querySelectorAll('[data-testid=stVegaLiteChart] svg').length === 4")
    page.wait_for_selector(".esc-foot")
    seen = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].map(chart => {
          const svg = chart.querySelector('svg'), frame = svg.getBoundingClientRect();
          const words = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim());
          const cut = words.filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
          });
          const marks = [...svg.querySelectorAll('.mark-symbol path, .mark-rect path')];
          return {
            told: chart.ariaLabel, marks: marks.length,
            fill: getComputedStyle(marks[0]).fill, cut: cut.map(text => text.textContent), wide: frame.width,
          };
        })"""
    )
    assert [chart["marks"] for chart in seen] == [130, 3, 8, 29]
    assert {chart["fill"] for chart in seen} == {"rgb(36, 104, 163)" if scheme == "light" else "rgb(63, 143, 214)"}
    assert [chart["cut"] for chart in seen] == [[], [], [], []]
    assert seen[0]["told"].startswith("Hemiciclo de 130 personas. 70 a favor")
    assert all(chart["wide"] <= min(width, 960) for chart in seen)
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    assert wrong == []
    assert screens.outside(asked, server) == []


@pytest.fixture(scope="module")
def billed(served: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server on the small database and what a list says of bills."""
    filled = seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('bills')}/bills.sqlite")
    seed.bills(filled.engine)
    return served(filled.url)


def test_the_numbers_of_a_title_are_links_that_fit_a_small_screen(browser: Browser, billed: str) -> None:
    page, asked = screens.opened(browser, width=360)
    page.goto(f"{billed}/vote?id={seed.MANY_BILLS}")
    page.wait_for_selector(".esc-foot")
    assert page.eval_on_selector_all("h1 a", "links => links.map(a => a.textContent)") == [
        *(str(n) for n in range(11, 18)), "26859", "5767",
    ]  # fmt: skip
    screens.tab_to(page, "h1 a[href='https://laws.example.org/?n=26859&t=0']")
    assert page.locator(".esc-bills li").nth(2).is_hidden()
    page.click(".esc-official summary:has-text('5 proyectos más')")
    assert page.locator(".esc-bills li").nth(6).is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert "alert" not in page.evaluate("() => [...document.scripts].map(script => script.textContent).join()")
    assert not [url for url in asked if "example.org" in url], "nothing is asked of an official page by itself"


@pytest.mark.parametrize("path", ["check", "plain/check"])
def test_a_phones_first_screen_shows_the_verdict_on_a_claim(browser: Browser, server: str, path: str) -> None:
    page, _ = screens.opened(browser, width=360)
    page.goto(f"{server}/{path}?claim={quote(EXAMPLE)}")
    page.wait_for_selector(".esc-verdict")
    box = page.locator(".esc-verdict").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 640
    assert screens.beyond(page) == []


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_table_by_group_fits_a_small_screen(browser: Browser, server: str, lang: str) -> None:
    page, _ = screens.opened(browser, width=360)
    page.goto(f"{server}/vote?id={seed.SHEET}&lang={lang}")
    page.wait_for_selector(".esc-foot")
    assert page.locator(".esc-table .esc-code").count() > 5
    assert page.evaluate(SCROLLED) == 0


def test_a_list_reads_the_label_of_a_transcription_aloud(browser: Browser, papers: str) -> None:
    page, _ = screens.opened(browser)
    page.goto(f"{papers}/votes?lang=en")
    page.wait_for_selector(".esc-foot")
    rows = [row.aria_snapshot() for row in page.locator(".esc-votes > li").all()]
    assert [("Rivers" in row, "Transcription by The Others" in row) for row in rows].count((True, True)) == 1
    assert sum("Transcription" in row for row in rows) == 1
    screens.tab_to(page, "a[href*='o-10']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-figure")
    assert page.text_content(".esc-badge-transcription") == "Transcription by The Others"


def test_search_member_vote_by_keyboard(browser: Browser, server: str) -> None:
    page, asked = screens.opened(browser)
    page.goto(f"{server}/members?ch=pe_congress")
    page.wait_for_selector(".esc-count")
    page.wait_for_selector(".esc-foot")
    screens.tab_to(page, "input[type=search]")
    page.keyboard.type("taipe")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.esc-count').textContent.startsWith('1 ')")
    screens.tab_to(page, "a[href*='id=taipe']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-course")
    assert page.inner_text("h1") == "Taipe Coronado, María Elizabeth"
    screens.tab_to(page, f".esc-course a[href*='{seed.SHEET}']", most=80)
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-figure")
    screens.tab_to(page, "a[href='#ranks']")
    page.keyboard.press("Enter")
    screens.tab_to(page, "a[href*='/group?id=AP'], a[href*='./group?id=AP']")
    assert screens.outside(asked, server) == []
