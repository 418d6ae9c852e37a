"""Does the card of a vote say what its page says, at an address that caches can be trusted with?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import seed
from PIL import Image

from dashboard import words
from dashboard.charts.colours import LIGHT
from dashboard.charts.hemicycle import hemicycle
from dashboard.components import card, tally
from dashboard.routes.cards import CARDS
from dashboard.routes.lasting import Lasts
from tracker.publish.cards import WIDE
from tracker.publish.cards import card as set_card
from tracker.publish.drawing import TONES
from tracker.publish.press import IN_LINE, PRESS, Kept
from tracker.queries import votes
from tracker.queries.database import connect
from tracker.queries.view import VoteView

Ask = Callable[..., Any]
ROOT = Path(__file__).parents[2]
SIZES = {"card": (1200, 630), "card-square": (1080, 1080)}
ALL = (seed.FOUNDING, seed.SHEET, seed.HOUSE, seed.SPEAKER, seed.QUORUM, seed.SENATE, seed.CORRECTED, seed.DOUBTFUL,
       seed.HOSTILE)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _press() -> Iterator[None]:
    yield
    PRESS.stop()


def lines(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def look(url: str, slug: str, version: int | None = None) -> VoteView:
    found = votes.one(connect(url), slug, version, own=True)
    assert found is not None
    return found


def meta(body: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', body)
    assert found, name
    return html.unescape(found[1])


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("slug", ALL)
def test_every_vote_has_a_card_in_both_languages(ask: Ask, database: str, slug: str, language: Any) -> None:
    say, view = words.of(language), look(database, slug)
    for name, size in SIZES.items():
        drawn = ask(f"/v/{slug}/{name}.svg?own=1&lang={language}")
        assert drawn.status == 200
        assert drawn.headers["content-type"] == "image/svg+xml"
        told = lines(drawn.body)
        assert tally.figure(view.tallies.best, abstention=view.chamber.abstention) in told
        assert view.chamber.title in told
        assert say(f"status.{view.status}") in told or view.status != "official" or slug == seed.DOUBTFUL
        assert any(f"/v/{slug} · {say('card.version', n=view.version)}" in line for line in told)
        if language == "en" and slug not in (seed.SHEET, seed.SPEAKER):
            continue  # the pictures of a few are enough to see that they differ in words alone
        picture = ask(f"/v/{slug}/{name}.png?own=1&lang={language}")
        assert picture.headers["content-type"] == "image/png"
        assert len(picture.raw) < 150_000, "some previews take no more than 300 KB"
        with Image.open(BytesIO(picture.raw)) as shown:
            assert shown.size == size
            colours = shown.convert("RGB").getcolors(size[0] * size[1])
            assert colours is not None
            inked = sum(n for n, colour in colours if colour != (255, 255, 255)) / (size[0] * size[1])
            assert 0.03 < inked < 0.4


def test_the_founding_vote_says_what_was_counted_and_what_was_heard(ask: Ask) -> None:
    spanish = lines(ask(f"/v/{seed.SHEET}/card.svg?own=1&lang=es").body)
    assert {"70–33–4", "tablero 69–31–4, +3 de viva voz", "70 a favor", "33 en contra", "4 abstenciones"} <= set(
        spanish
    )
    assert "Sesión del 18 de mayo de 2023 · votado a las 00:10 del 19 de mayo de 2023" in spanish
    english = lines(ask(f"/v/{seed.SHEET}/card.svg?own=1&lang=en").body)
    assert {"board 69–31–4, +3 by voice", "70 yes", "23 did not vote"} <= set(english)


def test_what_is_out_of_the_ordinary_is_said_in_words(ask: Ask, tmp_path: Path) -> None:
    filled = seed.seeded(f"sqlite:///{tmp_path}/votes.sqlite")
    seed.waiting(filled.engine)
    provisional = lines(ask(f"/v/{seed.PROVISIONAL}/card.svg?lang=en", at=filled.url).body)
    assert "PROVISIONAL" in provisional
    assert any("not yet" in line.lower() or "without" in line.lower() for line in provisional)
    earlier = lines(ask(f"/v/{seed.CORRECTED}/card.svg?version=1&lang=en").body)
    assert {"Reading 1, no longer in force", "5–4"} <= set(earlier)
    assert "4–5" in lines(ask(f"/v/{seed.CORRECTED}/card.svg?lang=en").body)
    elected = lines(ask(f"/v/{seed.SPEAKER}/card.svg?lang=en").body)
    assert {"McCarthy", "216", "Jeffries", "212", "216–212"} <= set(elected)
    assert "board 50–50, plus the casting vote" in lines(ask(f"/v/{seed.SENATE}/card.svg?lang=en").body)


def test_hostile_words_are_drawn_as_words(ask: Ask) -> None:
    body = ask(f"/v/{seed.HOSTILE}/card.svg").body
    assert "<script" not in body
    assert "<script>alert(1)</script>" in " ".join(lines(body))


def test_a_reading_that_was_overtaken_lasts_and_the_one_in_force_is_asked_for_again(ask: Ask) -> None:
    earlier = ask(f"/v/{seed.CORRECTED}/card.png?version=1&lang=en")
    assert earlier.headers["cache-control"] == Lasts.EARLIER.rule
    named = ask(f"/v/{seed.CORRECTED}/card.png?version=2&lang=en")
    assert named.headers["cache-control"] == Lasts.OLD.rule, "it may be overtaken, and its card then says so"
    now = ask(f"/v/{seed.CORRECTED}/card.png?lang=en")
    assert now.headers["cache-control"] == Lasts.OLD.rule
    assert now.raw == named.raw
    same = ask(f"/v/{seed.CORRECTED}/card.png?lang=en", If_None_Match=now.headers["etag"])
    assert (same.status, same.raw) == (304, b"")
    assert same.headers["etag"] == now.headers["etag"]
    others = {ask(f"/v/{seed.CORRECTED}/{what}").headers["etag"] for what in ("card.png?version=1", "card-square.png")}
    assert now.headers["etag"] not in others
    assert "sandbox" in now.headers["content-security-policy"]
    assert now.headers["x-content-type-options"] == "nosniff"


def test_the_page_names_its_card(ask: Ask) -> None:
    body = ask(f"/v/{seed.CORRECTED}?lang=en").body
    address = urlsplit(meta(body, "og:image"))
    assert address.query == "version=2&lang=en"
    answer = ask(f"{address.path}?{address.query}")
    assert answer.status == 200
    with Image.open(BytesIO(answer.raw)) as shown:
        assert shown.size == (int(meta(body, "og:image:width")), int(meta(body, "og:image:height")))
    assert meta(body, "twitter:card") == "summary_large_image"
    assert meta(body, "og:image:alt") == meta(body, "og:description")
    told = ElementTree.fromstring(ask(f"/v/{seed.CORRECTED}/card.svg?lang=en").body).find("*[@id='told']")
    assert told is not None
    assert told.text == meta(body, "og:image:alt")


@pytest.mark.parametrize("name", CARDS)
def test_there_is_no_card_of_no_vote(ask: Ask, name: str) -> None:
    assert ask(f"/v/none/{name}").status == 404
    assert ask(f"/v/{seed.CORRECTED}/{name}?version=9").status == 404
    assert ask(f"/v/%3Cscript%3E/{name}").status == 404


def test_what_is_kept_is_bounded(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PRESS, "kept", Kept())
    monkeypatch.setenv("ESCRUTINIO_PICTURES_MB", "1")
    made = 0
    for slug in ALL:
        for name in SIZES:
            made += sum(len(ask(f"/v/{slug}/{name}.svg?own=1&lang={language}").raw) for language in ("es", "en"))
    assert made > 1_000_000 >= PRESS.kept.size > 500_000


def test_too_many_at_once_are_told_when_to_come_again(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PRESS, "kept", Kept())
    for _ in range(IN_LINE):
        assert PRESS._asked.acquire(blocking=False)
    answer = ask(f"/v/{seed.HOUSE}/card.png?lang=en")
    for _ in range(IN_LINE):
        PRESS._asked.release()
    assert answer.status == 503
    assert answer.headers["retry-after"] == "30"
    assert "Try again in half a minute" in answer.text
    assert ask(f"/v/{seed.HOUSE}/card.png?lang=en").status == 200


def test_pictures_have_the_colours_of_the_pages() -> None:
    style = (Path(card.__file__).parents[1] / "style.css").read_text(encoding="utf-8")
    for name in ("line", "soft", "paper", "alert", "ink", "ground"):
        assert f"--esc-{name}: light-dark({getattr(TONES, name)}," in style
    assert (TONES.ink, TONES.soft) == (LIGHT.ink, LIGHT.soft)


def test_the_addresses_of_the_docs_answer(ask: Ask) -> None:
    said = (ROOT / "docs" / "cards.md").read_text(encoding="utf-8")
    addresses = re.findall(r"^(/v/\S+)$", said, re.MULTILINE)
    assert len(addresses) == 8
    for address in addresses:
        assert ask(address).status == 200, address
    code = ask(f"/v/{seed.FOUNDING}?own=1&lang=en", Host="votes.example.org").body
    snippet = next(line for line in said.splitlines() if line.startswith("<script>"))
    assert html.escape(snippet.replace("https:", "http:"), quote=True) in code


def test_the_card_of_the_founding_vote_is_the_one_reviewed(database: str) -> None:
    view = look(database, seed.SHEET)
    drawn = set_card(card.of_vote(view, words.of("es"), "https://votes.example.org/"), WIDE)
    now, path = drawn.svg.replace("><", ">\n<") + "\n", Path(__file__).parent / "card.svg"
    if not path.exists():
        path.write_text(now, encoding="utf-8")
        pytest.fail("card.svg was missing and has been written: look at it, then run again")
    assert now == path.read_text(encoding="utf-8")
    (chart,) = drawn.charts
    page = hemicycle(view, words.of("es"), LIGHT)
    assert page is not None
    assert chart["layer"] == page.spec["layer"][: len(chart["layer"])], "the seats are those of the page"
    assert len(page.spec["layer"]) - len(chart["layer"]) == 2, "the count and the board are written beside them"
