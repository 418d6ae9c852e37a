"""Does a reporter get from a search to the source by keyboard, on a small screen too, with no call to the outside?"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import escrutinio_seed as seed
import pytest
import thirty
from playwright.sync_api import Browser, Page, sync_playwright

spec = importlib.util.spec_from_file_location("escrutinio_dashboard_conftest", Path(__file__).with_name("conftest.py"))
assert spec is not None
assert spec.loader is not None
support = importlib.util.module_from_spec(spec)
sys.modules.setdefault("escrutinio_dashboard_conftest", support)
spec.loader.exec_module(support)

pytestmark = pytest.mark.browser
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
BEYOND = """() => [...document.querySelectorAll('body *')]
  .filter(e => getComputedStyle(e).position !== 'absolute'
    && e.getBoundingClientRect().right > 361 && !e.closest('.esc-scroll'))
  .map(e => e.className)"""
WEAK = """() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const part = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const of = (element, what) => light(parse(getComputedStyle(element)[what]));
  const ground = of(document.querySelector('.stApp'), 'backgroundColor');
  const ratio = element => {
    const own = of(element, 'color');
    return (Math.max(own, ground) + .05) / (Math.min(own, ground) + .05);
  };
  const written = element => [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('.stHtml *')]
    .filter(element => written(element) && !element.closest('.esc-zero, .esc-hidden'))
    .map(element => [ratio(element), element.className, element.textContent])
    .filter(([found]) => found < 4.5);
}"""
SCROLLED = "() => [...document.querySelectorAll('.esc-scroll')].filter(e => e.scrollWidth > e.clientWidth).length"


@pytest.fixture(scope="module")
def server(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with support.serving(database, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        opened.close()


def opened(browser: Browser, *, width: int = 1280, scheme: str = "light") -> tuple[Page, list[str]]:
    """Open a tab, and note every address it asks for."""
    page = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    ).new_page()
    page.set_default_timeout(WAIT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return page, asked


def tab_to(page: Page, wanted: str, *, most: int = 60) -> None:
    """Press Tab until the element that has the focus is the wanted one."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached with {most} tabs")


def beyond(page: Page) -> list[str]:
    """Return what stands out of a screen of 360 points, but for what may be moved by itself."""
    return list(page.evaluate(BEYOND))


def weak(page: Page) -> list[Any]:
    """Return the words that stand out too little from their ground."""
    return list(page.evaluate(WEAK))


def test_search_vote_source_by_keyboard(browser: Browser, server: str) -> None:
    page, asked = opened(browser)
    page.goto(f"{server}/votes")
    page.wait_for_selector(".esc-count")
    tab_to(page, "input[type=search]")
    page.keyboard.type("personal militar")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.esc-count').textContent.startsWith('2 ')")
    assert "q=personal+militar" in page.url
    tab_to(page, f"a[href*='{seed.FOUNDING}']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-figure")
    assert page.inner_text(".esc-figure") == "70–33–4"
    page.wait_for_function("() => document.title.startsWith('70–33–4')")
    tab_to(page, "a[href='#source']")
    page.keyboard.press("Enter")
    tab_to(page, ".esc-address a")
    focus = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert focus == "solid"
    assert page.evaluate("() => document.activeElement.href").endswith(".pdf#page=61")
    outside = [url for url in asked if not url.startswith((server, "data:", "blob:", server.replace("http", "ws")))]
    assert not outside


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/votes",
        "/votes?ch=us_house&out=no&sort=closest",
        "/changes",
        "/coverage",
        "/method?term=split",
        f"/vote?id={seed.FOUNDING}",
        f"/vote?id={seed.SPEAKER}",
        "/vote?id=none",
    ],
)
def test_a_small_screen_never_scrolls_sideways(browser: Browser, server: str, path: str) -> None:
    page, _ = opened(browser, width=360)
    page.goto(server + path)
    page.wait_for_selector(".esc-foot")
    assert beyond(page) == []
    sizes = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
    )
    assert max(sizes) <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, server: str, scheme: str) -> None:
    page, _ = opened(browser, scheme=scheme)
    for path in (f"/vote?id={seed.CORRECTED}", "/", "/changes", "/coverage", "/method?term=final"):
        page.goto(server + path)
        page.wait_for_selector(".esc-further")
        assert (path, weak(page)) == (path, [])


def test_a_hostile_title_runs_nothing_in_a_real_browser(browser: Browser, server: str) -> None:
    page, _ = opened(browser)
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for path in ("/votes", f"/vote?id={seed.HOSTILE}", "/vote?id=%3Cscript%3Ealert(1)%3C/script%3E"):
        page.goto(server + path)
        page.wait_for_selector(".esc-foot")
    page.goto(f"{server}/vote?id={seed.HOSTILE}")
    page.wait_for_selector(".esc-foot")
    assert seed.NASTY in page.inner_text("h1")
    assert said == []


def test_a_choice_stands_in_the_address_and_the_way_back_undoes_it(browser: Browser, server: str) -> None:
    page, _ = opened(browser)
    page.goto(f"{server}/vote?id={seed.FOUNDING}")
    page.wait_for_selector(".esc-ballots")
    page.locator(".st-key-esc-ballot-filters [data-testid=stSelectbox] input").nth(1).click()
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.esc-ballots caption').textContent.startsWith('33 ')")
    assert page.url.endswith("position=no")
    page.go_back()
    page.wait_for_function("() => document.querySelector('.esc-ballots caption').textContent.startsWith('107 ')")
    page.go_forward()
    page.wait_for_function("() => document.querySelector('.esc-ballots caption').textContent.startsWith('33 ')")
    page.reload()
    page.wait_for_function("() => document.querySelector('.esc-ballots caption')?.textContent.startsWith('33 ')")
    page.click(".esc-lang")
    page.wait_for_function("() => document.querySelector('.esc-ballots caption')?.textContent === '33 people'")
    assert "lang=en" in page.url


def test_a_vote_is_found_by_its_filters_from_the_masthead_on_by_keyboard(browser: Browser, server: str) -> None:
    page, _ = opened(browser, width=360, scheme="dark")
    page.goto(f"{server}/method")
    page.wait_for_selector(".esc-further")
    tab_to(page, ".st-key-esc-masthead a[href*='votes']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-count")
    tab_to(page, "[data-testid=stExpander] summary")
    page.keyboard.press("Enter")
    tab_to(page, ".st-key-out input")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option]")
    page.keyboard.type("viva")
    page.wait_for_function("() => document.querySelectorAll('[role=option]').length === 1")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.esc-count').textContent.startsWith('1 ')")
    assert page.url.endswith("/votes?out=turned")
    assert beyond(page) == []
    tab_to(page, f".esc-votes a[href*='{seed.SENATE}']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-figure")
    assert page.inner_text(".esc-figure") == "51–50"


@pytest.mark.parametrize(
    ("width", "scheme", "seats"), [(1280, "light", ""), (1280, "dark", "&seats=group"), (360, "light", "&seats=group")]
)
def test_the_charts_draw_fit_and_take_the_readers_colours(
    browser: Browser, server: str, width: int, scheme: str, seats: str
) -> None:
    page, asked = opened(browser, width=width, scheme=scheme)
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
    assert not [url for url in asked if not url.startswith((server, "data:", "blob:", server.replace("http", "ws")))]


@pytest.fixture(scope="module")
def billed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the small database and what a list says of bills."""
    folder = tmp_path_factory.mktemp("bills")
    filled = seed.seeded(f"sqlite:///{folder}/bills.sqlite")
    seed.bills(filled.engine)
    with support.serving(filled.url, folder) as address:
        yield address


def test_the_numbers_of_a_title_are_links_that_fit_a_small_screen(browser: Browser, billed: str) -> None:
    page, asked = opened(browser, width=360)
    page.goto(f"{billed}/vote?id={seed.MANY_BILLS}")
    page.wait_for_selector(".esc-foot")
    assert page.eval_on_selector_all("h1 a", "links => links.map(a => a.textContent)") == [
        *(str(n) for n in range(11, 18)), "26859", "5767",
    ]  # fmt: skip
    tab_to(page, "h1 a[href='https://laws.example.org/?n=26859&t=0']")
    assert page.locator(".esc-bills li").nth(2).is_hidden()
    page.click(".esc-official summary:has-text('5 proyectos más')")
    assert page.locator(".esc-bills li").nth(6).is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert "alert" not in page.evaluate("() => [...document.scripts].map(script => script.textContent).join()")
    assert not [url for url in asked if "example.org" in url], "nothing is asked of an official page by itself"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on votes of several papers: one joined, one known from a transcription alone, one with an unread row."""
    folder = tmp_path_factory.mktemp("papers")
    engine = thirty.joined(f"sqlite:///{folder}/papers.sqlite")
    thirty.alone(engine, 1)
    doubts = ("the code could not be read: Member 0", "the totals could not be read")
    unread = thirty.cast("s-3", "?" + "Y" * 27 + "XX", doubts=doubts)
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/3.pdf", unread))
    engine.dispose()
    with support.serving(f"sqlite:///{folder}/papers.sqlite", folder) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_papers_doubts_and_transcriptions_fit_a_small_screen_and_stand_out(
    browser: Browser, papers: str, scheme: str
) -> None:
    page, _ = opened(browser, width=360, scheme=scheme)
    for path in ("/votes?lang=en", "/vote?id=s-1", "/vote?id=s-3", "/vote?id=o-10"):
        page.goto(papers + path)
        page.wait_for_selector(".esc-foot")
        assert (path, beyond(page), weak(page)) == (path, [], [])


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_table_by_group_fits_a_small_screen(browser: Browser, server: str, lang: str) -> None:
    page, _ = opened(browser, width=360)
    page.goto(f"{server}/vote?id={seed.SHEET}&lang={lang}")
    page.wait_for_selector(".esc-foot")
    assert page.locator(".esc-table .esc-code").count() > 5
    assert page.evaluate(SCROLLED) == 0


def test_a_list_reads_the_label_of_a_transcription_aloud(browser: Browser, papers: str) -> None:
    page, _ = opened(browser)
    page.goto(f"{papers}/votes?lang=en")
    page.wait_for_selector(".esc-foot")
    rows = [row.aria_snapshot() for row in page.locator(".esc-votes > li").all()]
    assert [("Rivers" in row, "Transcription by The Others" in row) for row in rows].count((True, True)) == 1
    assert sum("Transcription" in row for row in rows) == 1
    tab_to(page, "a[href*='o-10']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-figure")
    assert page.text_content(".esc-badge-transcription") == "Transcription by The Others"


def test_search_member_vote_by_keyboard(browser: Browser, server: str) -> None:
    page, asked = opened(browser)
    page.goto(f"{server}/members?ch=pe_congress")
    page.wait_for_selector(".esc-count")
    tab_to(page, "input[type=search]")
    page.keyboard.type("taipe")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.esc-count').textContent.startsWith('1 ')")
    tab_to(page, "a[href*='id=taipe']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-course")
    assert page.inner_text("h1") == "Taipe Coronado, María Elizabeth"
    tab_to(page, f".esc-course a[href*='{seed.SHEET}']", most=80)
    page.keyboard.press("Enter")
    page.wait_for_selector(".esc-figure")
    tab_to(page, "a[href='#ranks']")
    page.keyboard.press("Enter")
    tab_to(page, "a[href*='/group?id=AP'], a[href*='./group?id=AP']")
    outside = [url for url in asked if not url.startswith((server, "data:", "blob:", server.replace("http", "ws")))]
    assert not outside


def test_pages_of_people_fit_a_small_screen_and_stand_out(browser: Browser, server: str) -> None:
    pair = f"a={seed.FOUNDING}&b={seed.SHEET}"
    two = "ch=pe_congress&a=alva-prieto-maria-del-carmen&b=taipe-coronado-maria-elizabeth"
    paths = (
        f"/vote?id={seed.SHEET}&lang=en", "/member?id=marticorena-mendoza-jorge-alfonso", "/groups?ch=pe_congress",
        f"/compare?{pair}", f"/versus?{two}", "/group?id=AP&ch=pe_congress", "/members?ch=pe_congress",
    )  # fmt: skip
    for scheme, some in (("light", paths), ("dark", paths[:2])):
        page, _ = opened(browser, width=360, scheme=scheme)
        for path in some:
            page.goto(server + path)
            page.wait_for_selector(".esc-foot")
            assert (path, beyond(page), weak(page)) == (path, [], [])
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
