"""Can every chart be taken from its page as a picture, a drawing and figures, and does each say what the page says?"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
import seed
from PIL import Image

from dashboard import links, words
from dashboard.charts.colours import PAGE
from dashboard.components import drawn, tally
from tracker.publish.press import PRESS
from tracker.queries import votes
from tracker.queries.database import connect
from tracker.queries.view import VoteView

Ask = Callable[..., Any]
NAMES = tuple(drawn.OF_VOTES)
MANY = (
    "/chart/cohesion.{}?ch=us_house&year=2024", "/chart/cohesion.{}?ch=us_house&year=2024&id=R",
    "/chart/agreement.{}?ch=us_house&year=2024&id=R", "/chart/margin.{}?ch=us_house&sort=closest",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _press() -> Any:
    yield
    PRESS.stop()


@pytest.fixture(scope="module")
def winter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with 32 contested votes of six members of two groups."""
    url = f"sqlite:///{tmp_path_factory.mktemp('winter')}/votes.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    writer = seed.Writer(engine, seed.CLERK)
    for n in range(32):
        marks = [seed.YEA, seed.YEA, seed.NAY if n % 2 else seed.YEA, *[seed.NAY] * 3]
        printed = tuple(
            seed.PrintedBallot(f"{name}, Ann", mark, party, f"X{name}", "CA")
            for name, mark, party in zip(("Ash", "Birch", "Cole", "Dee", "Elm", "Fox"), marks, "RRRDDD", strict=True)
        )
        day = seed.date(2024, 1, 6) + seed.timedelta(days=n)
        vote = seed.american(f"us-house-{n}", day, "A bill", [], ballots=printed, groups=(),
                             board=seed.Tally.count(marks))  # fmt: skip
        at = seed.datetime(2024, 3, 1, tzinfo=seed.UTC)
        writer.take(seed.reading(seed.CLERK, vote, url=f"https://example.org/{n}", at=at, content=str(n).encode()))
    writer.flush()
    engine.dispose()
    return url


def look(url: str, slug: str) -> VoteView:
    found = votes.one(connect(url), slug, own=True)
    assert found is not None
    return found


def lines(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_chart_of_a_vote_says_in_every_form_what_the_page_says(
    ask: Ask, database: str, name: str, language: Any
) -> None:
    say, view = words.of(language), look(database, seed.SHEET)
    figure = drawn.OF_VOTES[name](view, say, PAGE)
    assert figure is not None
    assert figure.name == name
    address = f"/v/{seed.SHEET}/chart/{name}.{{}}?own=1&lang={language}"
    svg = ask(address.format("svg"))
    told = lines(svg.body)
    assert figure.title in " ".join(told)
    assert [text for _, text in figure.key if text not in told] == []
    assert any(line.startswith(say("card.source", where="www2.congreso.gob.pe")) for line in told)
    assert any(f"/v/{seed.SHEET}" in line for line in told)
    rows = list(csv.reader(io.StringIO(ask(address.format("csv")).raw.decode("utf-8-sig"))))
    assert rows[0] == list(figure.head)
    assert rows[1:] == [["" if cell is None else str(cell) for cell in row] for row in figure.rows]
    data = json.loads(ask(address.format("json")).body)
    assert data["rows"] == [list(row) for row in figure.rows]
    assert (data["title"], data["vote"], data["version"], data["status"]) == (figure.title, seed.SHEET, 1, "official")
    assert data["source"]["sha256"] == view.paper_read.sha256


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_has_twice_the_pixels_of_its_drawing_and_something_on_it(ask: Ask, name: str) -> None:
    png = ask(f"/v/{seed.SHEET}/chart/{name}.png?own=1&lang=es")
    high = float(ElementTree.fromstring(ask(f"/v/{seed.SHEET}/chart/{name}.svg?own=1&lang=es").body).attrib["height"])
    assert png.headers["content-disposition"] == f'inline; filename="{seed.SHEET}-{name}.png"'
    with Image.open(io.BytesIO(png.raw)) as picture:
        assert picture.size == (1440, round(high * 2))
        assert len(picture.convert("RGB").getcolors(1440 * 4000) or ()) > 20


def test_what_is_provisional_is_called_so_in_the_picture(ask: Ask, tmp_path: Any) -> None:
    filled = seed.seeded(f"sqlite:///{tmp_path}/votes.sqlite")
    seed.waiting(filled.engine)
    told = lines(ask(f"/v/{seed.PROVISIONAL}/chart/threshold.svg?lang=es", at=filled.url).body)
    assert any(line.startswith("PROVISIONAL") for line in told)
    assert json.loads(ask(f"/v/{seed.PROVISIONAL}/chart/threshold.json", at=filled.url).body)["status"] == "provisional"


@pytest.mark.parametrize("address", MANY)
def test_a_chart_of_many_votes_is_built_from_its_address(ask: Ask, winter: str, address: str) -> None:
    data = json.loads(ask(f"{address.format('json')}&lang=en", at=winter).body)
    assert data["rows"]
    told = lines(ask(f"{address.format('svg')}&lang=en", at=winter).body)
    assert data["title"] in " ".join(told)
    assert any(line in data["of"] for line in told)
    assert ask(f"{address.format('png')}&lang=en", at=winter).raw.startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO(ask(f"{address.format('csv')}&lang=en", at=winter).raw.decode("utf-8-sig"))))
    assert rows[0] == data["columns"]
    assert len(rows) == len(data["rows"]) + 1


@pytest.mark.parametrize("path", [
    f"/v/{seed.SHEET}/chart/pie.png", f"/v/{seed.SHEET}/chart/groups.exe", f"/v/{seed.SPEAKER}/chart/groups.svg",
    "/v/none/chart/groups.csv", "/chart/pie.png", "/chart/cohesion.gif",
    "/chart/agreement.png?id=none",
])  # fmt: skip
def test_what_there_is_not_is_said_to_be_missing(ask: Ask, path: str) -> None:
    assert ask(path).status == 404


@pytest.mark.parametrize("path", ["/chart/margin.png?margin=many", "/chart/margin.csv?ch=none"])
def test_what_cannot_be_asked_for_is_refused(ask: Ask, path: str) -> None:
    assert ask(path).status == 400


def test_a_formula_in_scraped_text_stays_text(ask: Ask, tmp_path: Any) -> None:
    filled = seed.seeded(f"sqlite:///{tmp_path}/votes.sqlite")
    seed.year(filled.engine)
    with filled.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE \"group\" SET name = '=HYPERLINK(1)' WHERE code = 'R'")
    body = ask(f"/v/{seed.HOUSE}/chart/groups.csv?lang=en", at=filled.url).raw.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert "'=HYPERLINK(1)" in {row[0] for row in rows}
    assert all(cell[:1] not in "=+@\t\r" or not cell for row in rows for cell in row)


def test_pictures_and_figures_are_answered_304(ask: Ask) -> None:
    for form in links.FORMS:
        path = f"/v/{seed.SHEET}/chart/groups.{form}?own=1&version=1"
        first = ask(path)
        assert first.status == 200
        assert ask(path, If_None_Match=first.headers["etag"]).status == 304
    assert ask(f"/v/{seed.SHEET}/chart/groups.csv?own=1").headers["access-control-allow-origin"] == "*"


def test_the_pages_lead_to_their_charts(ask: Ask, page: Callable[..., Any], winter: str) -> None:
    shown = page("vote", id=seed.SHEET, own="1", lang="en").html
    plain = ask(f"/v/{seed.SHEET}?own=1&lang=en").body
    found = {unescape(address) for address in re.findall(r'href="(\./v/[^"]*/chart/[^"]*)"', shown)}
    named = {a.partition("?")[0].rpartition("/")[2] for a in found}
    assert named == {f"{name}.{form}" for name in NAMES if name != "hemicycle-group" for form in links.FORMS}
    for address in sorted(found)[::5]:
        assert ask(address.removeprefix(".")).status == 200
    assert "/chart/hemicycle-position.png?" in plain
    many = (
        page("groups", at=winter, ch="us_house", year="2024").html
        + page("group", at=winter, id="R", ch="us_house").html
    )
    many += page("votes", at=winter, ch="us_house", sort="closest").html
    addresses = {unescape(address) for address in re.findall(r'href="(\./chart/[^"]*)"', many)}
    assert {"cohesion", "agreement", "margin"} == {re.split(r"[/.]", a)[3] for a in addresses}
    for address in addresses:
        assert ask(address.removeprefix("."), at=winter).status == 200


def test_the_count_over_a_chart_is_the_one_to_quote(ask: Ask, database: str) -> None:
    view = look(database, seed.DOUBTFUL)
    told = " ".join(lines(ask(f"/v/{seed.DOUBTFUL}/chart/hemicycle-position.svg?lang=en").body))
    assert tally.figure(view.tallies.best, abstention=False) in told
    assert "the count of the vote is 278–148" in told
