"""Does a plain page read well without scripts: on a desk, on a small screen, in the dark, on paper?"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
import seed
from playwright.sync_api import Browser, BrowserContext

from tracker.archive.store import Store

pytestmark = pytest.mark.browser
PAPER = Path(__file__).parents[1] / "sources" / "examples" / "pe_minutes" / "plain-figure-and-none" / "document.pdf"
PATHS = [f"/v/{slug}" for slug in (seed.FOUNDING, seed.SHEET, seed.SPEAKER, seed.CORRECTED, seed.HOSTILE, "none")]


@pytest.fixture
def site(use: Callable[[str], None], database: str, plain_port: int) -> str:
    use(database)
    return f"http://127.0.0.1:{plain_port}"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a window without scripts."""
    windows: list[BrowserContext] = []

    def window(width: int = 1280, scheme: str = "light") -> BrowserContext:
        dark = "dark" if scheme == "dark" else "light"
        size = {"width": width, "height": 800}
        windows.append(browser.new_context(viewport=size, color_scheme=dark, java_script_enabled=False))
        return windows[-1]

    yield window
    for opened in windows:
        opened.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "light"), (360, "dark")])
def test_no_page_scrolls_sideways_or_asks_for_anything_from_elsewhere(
    visit: Callable[..., BrowserContext], site: str, width: int, scheme: str
) -> None:
    page = visit(width, scheme).new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    ground = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 17, 23)"}[scheme]
    for path in PATHS:
        page.goto(f"{site}{path}?lang=en")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        beyond = page.evaluate(
            "limit => [...document.querySelectorAll('body *')].filter(e => !e.closest('.esc-scroll, .esc-hidden')"
            " && e.getBoundingClientRect().right > limit + 1).map(e => e.className || e.tagName)",
            width,
        )
        assert beyond == [], path
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    assert not [url for url in asked if not url.startswith(site)]
    assert [text for text in said if "404" not in text] == [], "the content policy stops nothing of ours"


def test_groups_fit_a_small_screen(visit: Callable[..., BrowserContext], site: str) -> None:
    page = visit(360).new_page()
    page.goto(f"{site}/v/{seed.FOUNDING}")
    box = page.locator(".esc-scroll").first
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_links_lead_within_the_page_and_to_other_readings_without_a_script(
    visit: Callable[..., BrowserContext], site: str
) -> None:
    page = visit().new_page()
    loads: list[str] = []
    page.goto(f"{site}/v/{seed.CORRECTED}?lang=en")
    page.on("request", lambda request: loads.append(request.url))
    page.click(".esc-contents a:has-text('Who voted how')")
    assert page.url.endswith("#ballots")
    assert not [url for url in loads if "/v/" in url], "no page is loaded to get further down this one"
    page.click("a:has-text('Reading 1')")
    assert page.url == f"{site}/v/{seed.CORRECTED}?version=1&lang=en"
    page.click("a:has-text('See the current one')")
    assert page.inner_text(".esc-figure") == "4–5"
    page.click("a:has-text('Español')")
    assert page.get_attribute("html", "lang") == "es"
    page.goto(f"{site}/v/{seed.FOUNDING}")
    page.click("summary")
    assert page.locator(".esc-head .esc-official p").is_visible()
    assert page.locator(".esc-open").get_attribute("href") == f"./vote?id={seed.FOUNDING}"
    assert page.evaluate("document.querySelector('.esc-open').href") == f"{site}/vote?id={seed.FOUNDING}"


def test_the_seats_are_drawn_in_the_colours_of_the_theme(visit: Callable[..., BrowserContext], site: str) -> None:
    fills = []
    for scheme in ("light", "dark"):
        page = visit(360, scheme).new_page()
        page.goto(f"{site}/v/{seed.SHEET}?own=1")
        box = page.locator(".esc-hemicycle").bounding_box()
        assert box is not None
        assert 300 < box["width"] <= 360
        assert 0.4 < box["height"] / box["width"] < 0.6
        colour = "e => [getComputedStyle(e).fill, getComputedStyle(e).stroke]"
        fills.append([page.locator(f".esc-{name}").first.evaluate(colour) for name in ("seat-yes", "seat-no", "aloud")])
    assert fills[0][0] == ["rgb(36, 104, 163)", "none"]
    assert fills[1][1] == ["rgb(242, 138, 61)", "none"]
    assert [found[2][1] for found in fills] == ["rgb(27, 29, 33)", "rgb(232, 230, 225)"]


def test_the_page_a_vote_was_read_from_comes_once_a_reader_is_near(
    visit: Callable[..., BrowserContext], use: Callable[[str], None], plain_port: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    url, archive = f"sqlite:///{tmp_path}/leaf.sqlite", tmp_path / "archive"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    content = PAPER.read_bytes()
    Store(archive).put(content)
    writer = seed.Writer(engine, seed.MINUTES)
    at = seed.datetime(2023, 6, 12, tzinfo=seed.UTC)
    writer.take(
        seed.reading(seed.MINUTES, seed.founding(page=1), url="https://x.example/a.pdf", at=at, content=content)
    )
    writer.flush()
    engine.dispose()
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(archive))
    use(url)
    page = visit(360).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"http://127.0.0.1:{plain_port}/v/{seed.FOUNDING}")
    image = page.locator(".esc-leaf img")
    image.scroll_into_view_if_needed()
    image.evaluate("e => e.decode()")
    assert image.evaluate("e => e.naturalWidth") == 1000
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_it_is_black_on_white_with_addresses_and_the_digest_on_every_page(
    visit: Callable[..., BrowserContext], site: str
) -> None:
    page = visit(scheme="dark").new_page()
    page.goto(f"{site}/v/{seed.SHEET}?own=1")
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    texts = ["".join(leaf.get_textpage().get_text_range().split()) for leaf in printed]
    digest = page.locator(".esc-evidence code").first.inner_text()
    assert len(texts) > 2
    assert all(f"70–33–4·{site}/v/{seed.SHEET}·SHA-256{digest}" in text for text in texts)
    whole = "".join(texts)
    assert "https://www2.congreso.gob.pe/Sicr/RelatAgenda/Asis_vot_OFICIAL_18-05-23.pdf" in whole
    assert "".join(seed.SUBJECT.split()) in whole, "the official text is unfolded"
    assert "Abrirenlaaplicación" not in whole
    corner = printed[0].render(scale=0.2).to_pil().convert("RGB").getpixel((2, 2))
    printed.close()
    assert corner == (255, 255, 255)
