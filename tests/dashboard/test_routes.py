"""Do the plain addresses give what matters of a vote, to anybody who asks, with no script and nothing let in?"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import pytest
import seed
import thirty
from object_storage import Hand, free_port, lead
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.routing import Mount

from dashboard import words
from dashboard.components import freshness
from dashboard.routes import record
from dashboard.routes.headers import HEADERS
from dashboard.routes.table import ROUTES
from dashboard.routes.templates import POLICY
from tracker.archive.store import Store
from tracker.domain.reconcile import Check
from tracker.queries import pieces, votes
from tracker.queries.database import connect
from tracker.queries.queue import queue_state
from tracker.queries.shape import as_json
from tracker.schedule.queue import Queue
from tracker.settings import settings
from tracker.storage.write import Noticed

Ask = Callable[..., Any]
ROOT = Path(__file__).parents[2]
PAGE = f"/v/{seed.FOUNDING}"


class Seen(HTMLParser):
    """The elements of a page with their attributes, as a browser finds them."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[tuple[str, dict[str, str]]] = []
        self.data: list[str] = []
        self._inside = ""
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and data.strip():
            self.data.append(data)

    def named(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [has for name, has in self.all if name == tag and wanted.items() <= has.items()]

    def meta(self, key: str) -> str:
        (found,) = [has for has in self.named("meta") if key in (has.get("property"), has.get("name"))]
        return found["content"]


def hostile(tmp_path: Path, subject: str) -> str:
    """A database with one vote of that subject."""
    url = f"sqlite:///{tmp_path}/hostile.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    writer = seed.Writer(engine, seed.MINUTES)
    vote = seed.founding(subject=subject, question=subject, result=subject, announced_text=subject)
    writer.take(seed.reading(seed.MINUTES, vote, url="https://www2.congreso.gob.pe/x.pdf", at=datetime.now(UTC)))
    writer.flush()
    return url


def test_the_page_has_everything_that_matters_of_the_founding_vote(ask: Ask) -> None:
    answer = ask(PAGE)
    assert answer.status == 200
    for part in (
        "sesión del 18 de mayo de 2023 · votado a las 00:10 del 19 de mayo de 2023",
        "Proyecto de resolución legislativa 4766, que propone autorizar el ingreso de personal militar extranjero",
        f"Texto oficial {seed.SUBJECT}", "Oficial Las sumas cuadran",
        "Final: tablero más votos de viva voz, sumados por nosotros 70–33–4", "Tablero 69–31–4", "Anunciado 70–33–4",
        "Flores Ruiz (Fuerza Popular) sin voto en el tablero → a favor", seed.NOTE,
        "Frase para copiar En la votación del Congreso del Perú en la sesión del 18 de mayo de 2023 hubo 70",
        "votos a favor, 33 en contra y 4 abstenciones, incluidos un voto a favor y dos",
        "Cita de la fuente Congreso de la República del Perú, sesión del 18 de mayo de 2023; votación de las 00:10",
        "Página 61 Descargado 12 de junio de 2023, 09:03", "SHA-256", "Regla desconocida",
        "Fuerza Popular FP 20 0 0", "No agrupados NA no es un grupo 5 0 1", "Total 70 33 4",
        "✓ Lo anunciado coincide con la cuenta.", "Lectura 1", "107 personas", "Flores Ruiz FP a favor de viva voz",
        "Alva Prieto, María del Carmen AP a favor SI +++", "Cómo leer las cifras",
    ):  # fmt: skip
        assert part in answer.text, part
    links = [has["href"] for has in Seen(answer.body).named("a")]
    assert f"./vote?id={seed.FOUNDING}" in links
    assert f"./v/{seed.FOUNDING}?lang=en" in links
    assert any(link.endswith("12-17182425.may.8.jun.2023.pdf#page=61") for link in links)


def test_the_other_language_stands_in_the_address_and_titles_are_not_translated(ask: Ask) -> None:
    answer = ask(f"{PAGE}?lang=en")
    assert '<html lang="en">' in answer.body
    assert "2023, was 70-33, with four abstentions, including one yes vote and two no votes recorded by voice" in (
        answer.text
    )
    assert "Proyecto de resolución legislativa 4766, que propone" in answer.text
    links = [has["href"] for has in Seen(answer.body).named("a")]
    assert f"./vote?id={seed.FOUNDING}&lang=en" in links
    assert f"./v/{seed.FOUNDING}?lang=es" in links
    assert ask(f"{PAGE}?lang=%22%3E").headers["location"] == f".{PAGE.removeprefix('/v')}", "no such language"
    assert ask(PAGE).body.startswith('<!doctype html>\n<html lang="es">')


def test_a_complete_sheet_shows_reasons_and_how_each_vote_was_recorded(ask: Ask) -> None:
    text = ask(f"/v/{seed.SHEET}?own=1").text
    assert "Taipe Coronado, María Elizabeth PL no votó → en contra de viva voz tablero: licencia oficial LO" in text
    assert "130 personas" in text


def test_what_is_provisional_says_so_in_words_before_the_figures(ask: Ask, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/early.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    early = seed.founding(whole=True, status=seed.Status.PROVISIONAL, spoken=(), announced=None, announced_text=None)
    writer = seed.Writer(engine, seed.MINUTES)
    writer.take(seed.reading(seed.MINUTES, early, url="https://www2.congreso.gob.pe/p.pdf", at=datetime.now(UTC)))
    writer.flush()
    answer = ask(f"/v/{seed.SHEET}", at=url)
    seen = Seen(answer.body)
    warning = "PROVISIONAL. Aún sin los votos de viva voz: las cifras pueden cambiar."
    assert answer.text.index(warning) < answer.text.index("69–31–4")
    assert seen.meta("og:title").startswith("PROVISIONAL · 69–31–4 · Proyecto")
    assert seen.meta("og:description").startswith("PROVISIONAL. En la votación del Congreso del Perú en la")
    assert seen.meta("og:description").endswith("4 abstenciones, según el registro provisional.")
    assert "PROVISIONAL · 69–31–4 · http" in answer.text, "the foot of every printed page"
    assert "PROVISIONAL" not in ask(PAGE).body


def test_a_doubtful_vote_and_a_correction_are_explained(ask: Ask) -> None:
    assert "Las sumas no cuadran. Al menos una suma no cuadra" in ask(f"/v/{seed.DOUBTFUL}").text
    assert "Corregida. La fuente cambió las cifras" in ask(f"/v/{seed.CORRECTED}").text


def test_an_earlier_reading_is_kept_and_leads_to_the_one_in_force(ask: Ask) -> None:
    now, first = ask(f"/v/{seed.CORRECTED}?lang=en"), ask(f"/v/{seed.CORRECTED}?lang=en&version=1")
    assert "Final 5–4–0 → 4–5–0" in now.text
    assert "This is reading 1, which is no longer in force. See the current one" in first.text
    assert "Board 5–4" in first.text
    links = [has["href"] for has in Seen(first.body).named("a")]
    assert f"./v/{seed.CORRECTED}?lang=en" in links
    assert f"./v/{seed.CORRECTED}?version=2&lang=en" in links
    assert f"./vote?id={seed.CORRECTED}&version=1&lang=en" in links
    assert f"./v/{seed.CORRECTED}.json?version=1" in links
    assert f"/v/{seed.CORRECTED}?version=1." in first.text, "the citation names the reading"
    for answer, shown, other in ((now, 2, 1), (first, 1, 2)):
        assert f"Reading {shown}, the one shown, is from here." in answer.text
        assert f"Reading {other}, not the one shown, is from here." in answer.text
    assert '<h3 id="copy">Sentence to copy</h3>' in now.body
    assert Seen(first.body).meta("robots") == "noindex"
    assert not Seen(now.body).named("meta", name="robots")
    assert json.loads(ask(f"/v/{seed.CORRECTED}.json?version=1").body)["tallies"]["board"]["yes"] == 5


def test_the_record_as_it_stood_on_a_day_says_so_and_whether_it_has_changed_since(ask: Ask) -> None:
    page = f"/v/{seed.CORRECTED}"
    then, now = ask(f"{page}?lang=en&as_of=2023-06-30T13:59"), ask(f"{page}?lang=en&as_of=2023-06-30")
    assert (
        "As the record stood on 30 June 2023, 13:59 (Washington time). It has changed since. See the current"
        in then.text
    )
    assert "Board 5–4" in then.text
    assert "As the record stood on 30 June 2023, 23:59 (Washington time). It has not changed since." in now.text
    for answer in (then, now):
        assert Seen(answer.body).meta("robots") == "noindex"
        assert Seen(answer.body).named("link", rel="canonical")[0]["href"].endswith(f"{page}?lang=en")
    links = [has["href"] for has in Seen(then.body).named("a")]
    for address in (
        f"./vote?id={seed.CORRECTED}&as_of=2023-06-30T13:59:00-04:00&lang=en",
        f".{page}?as_of=2023-06-30T13:59:00-04:00&lang=es",
        f".{page}.json?as_of=2023-06-30T13:59:00-04:00",
        f".{page}?as_of=2023-06-29T14:00:00-04:00&lang=en",
        f".{page}?as_of=2023-06-30T14:00:00-04:00&lang=en",
    ):
        assert address in links, address
    told = json.loads(ask(f"{page}.json?as_of=2023-06-29T18:00:00%2B00:00").body)
    jsonschema.validate(told, json.loads((ROOT / "docs" / "vote.schema.json").read_text(encoding="utf-8")))
    assert (told["as_of"], told["version"], told["tallies"]["board"]["yes"]) == ("2023-06-29T18:00:00Z", 1, 5)
    assert told["versions"][1]["since"] == "2023-06-30T18:00:00Z"
    assert json.loads(ask(f"{page}.json").body)["as_of"] is None


@pytest.mark.parametrize(
    ("as_of", "status", "error", "told"),
    [
        ("2023-06-28", 404, "not_then", "On 28 June 2023, 23:59 (Washington time) we did not hold this vote yet"),
        ("2999-01-01", 404, "not_then", "1 January 2999, 23:59 (Washington time) is still to come"),
        ("last%20night", 400, "no_moment", "“last night” is neither a day nor a moment"),
        ("%3Cscript%3Ealert(1)%3C/script%3E", 400, "no_moment", "“<script>alert(1)</script>” is neither"),
    ],
)
def test_a_moment_without_a_record_is_answered_in_words(
    ask: Ask, as_of: str, status: int, error: str, told: str
) -> None:
    answer = ask(f"/v/{seed.CORRECTED}?lang=en&as_of={as_of}")
    assert answer.status == status
    assert told in answer.text
    assert "<script>alert" not in answer.body
    assert f"./v/{seed.CORRECTED}?lang=en" in [has["href"] for has in Seen(answer.body).named("a")]
    if as_of == "2023-06-28":
        assert "The first reading is of 29 June 2023, 14:00 (Washington time) ." in answer.text
    data = ask(f"/v/{seed.CORRECTED}.json?lang=en&as_of={as_of}")
    assert (data.status, json.loads(data.body)["error"]) == (status, error)


def test_other_papers_of_the_vote_are_compared_and_lead_to_their_own_record(ask: Ask, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/joined.sqlite"
    thirty.joined(url).dispose()
    shown = ask("/v/s-1?lang=en", at=url)
    assert "Minutes : says the same" in shown.text
    assert "Member 0: on the board, here yes; there no" in shown.text
    assert "./v/m-1?own=1&lang=en" in [has["href"] for has in Seen(shown.body).named("a")]
    assert "says the same" in ask("/v/m-1?lang=en", at=url).text, "another paper's id shows the record shown first"
    assert Seen(ask("/v/m-1", at=url).body).named("link", rel="canonical")[0]["href"].endswith("/v/s-1")
    own = ask("/v/m-1?own=1&lang=en", at=url)
    assert "This is another paper's record of a vote. See the record shown first" in own.text
    assert "./v/s-1?lang=en" in [has["href"] for has in Seen(own.body).named("a")]
    assert Seen(own.body).meta("robots") == "noindex"
    assert Seen(own.body).named("link", rel="canonical")[0]["href"].endswith("/v/m-1?own=1&lang=en")
    assert "/v/m-1?own=1." in own.text, "the citation names this very record"


def test_the_picture_of_what_is_in_doubt_is_shown_where_the_archive_holds_it(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, archive = f"sqlite:///{tmp_path}/doubt.sqlite", tmp_path / "archive"
    engine = thirty.joined(url)
    drawn = cv2.imencode(".png", np.full((40, 200), 255, np.uint8))[1].tobytes()
    noticed = Noticed("doubtful", str(Check.READER_SURE), "a smudge", "page 7", vote="s-3",
                      piece=Store(archive).put(drawn))  # fmt: skip
    doubtful = thirty.cast("s-3", "Y" * 30, doubts=("the code could not be read: Member 4",), subject="A smudge")
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/3.pdf", doubtful, noticed=(noticed,)))
    engine.dispose()
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(tmp_path / "elsewhere"))
    assert not Seen(ask("/v/s-3?lang=en", at=url).body).named("img")
    assert ask("/v/s-3/piece.png", at=url).status == 404
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(archive))
    (image,) = Seen(ask("/v/s-3", at=url).body).named("img")
    assert (image["src"], image["alt"]) == ("./v/s-3/piece.png", "La parte de la página que está en duda")
    answer = ask("/v/s-3/piece.png", at=url)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert int(answer.headers["content-length"]) == len(drawn)
    assert ask("/v/s-1/piece.png", at=url).status == 404


@pytest.fixture
def archived(tmp_path: Path) -> tuple[str, Path]:
    """A database with a vote read from page 2 of a document and later from page 1 of another, and both documents."""
    url, archive = f"sqlite:///{tmp_path}/leaf.sqlite", tmp_path / "archive"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    for n, name in enumerate(("plain-figure-and-none", "founding-vote-and-spoken-votes")):
        content = (ROOT / "tests" / "sources" / "examples" / "pe_minutes" / name / "document.pdf").read_bytes()
        Store(archive).put(content)
        vote = seed.founding(page=2 - n, subject=f"Reading {n}")
        writer = seed.Writer(engine, seed.MINUTES)
        at = datetime(2023, 6, 12 + n, tzinfo=UTC)
        writer.take(seed.reading(seed.MINUTES, vote, url="https://www2.congreso.gob.pe/a.pdf", at=at, content=content))
        writer.flush()
    engine.dispose()
    return url, archive


def test_the_page_a_vote_was_read_from_is_shown_where_the_archive_holds_it(
    ask: Ask, archived: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, archive = archived
    picture = f"/v/{seed.FOUNDING}/page.png"
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(tmp_path / "elsewhere"))
    assert not Seen(ask(f"{PAGE}?lang=en", at=url).body).named("img")
    nothing = ask(f"{picture}?lang=en", at=url)
    assert nothing.status == 404
    assert "this machine does not hold the archive of documents. Go to the vote" in nothing.text
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(archive))
    seen = Seen(ask(PAGE, at=url).body)
    (image,) = seen.named("img")
    assert (image["src"], image["loading"]) == (f".{picture}", "lazy")
    assert image["alt"].startswith("Imagen de la página 1 de a.pdf, de la que se leyó esta votación.")
    assert f".{picture}?version=1" in [has["href"] for has in seen.named("a")], "the document before is a click away"
    (image,) = Seen(ask(f"{PAGE}?version=1", at=url).body).named("img")
    assert image["src"] == f".{picture}?version=1"
    assert image["alt"].startswith("Imagen de la página 2 de")
    answer = ask(picture, at=url)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ask(picture, at=url, If_None_Match=answer.headers["etag"]).status == 304
    assert ask(f"{picture}?version=1", at=url).headers["etag"] != answer.headers["etag"]
    assert ask(f"{picture}?version=9", at=url).status == 404


def test_a_page_made_while_the_archive_was_out_of_reach_is_not_kept(
    ask: Ask, archived: tuple[str, Path], bucket: Hand, s3_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, archive = archived
    for path in archive.glob("objects/*/*"):
        bucket.store().put(path.read_bytes())
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE", str(bucket.bucket))
    lead(monkeypatch, f"http://127.0.0.1:{free_port()}")
    without = ask(PAGE, at=url)
    assert without.status == 200
    assert not Seen(without.body).named("img")
    assert ask(f"/v/{seed.FOUNDING}/page.png", at=url).status == 404
    lead(monkeypatch, s3_server)
    whole = ask(PAGE, at=url, If_None_Match=without.headers["etag"])
    assert len(Seen(whole.body).named("img")) == 1
    assert ask(f"/v/{seed.FOUNDING}/page.png", at=url).status == 200
    assert ask(PAGE, at=url, If_None_Match=whole.headers["etag"]).status == 304


def test_bytes_that_are_not_those_recorded_are_never_drawn(
    ask: Ask, archived: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, archive = archived
    monkeypatch.setenv("ESCRUTINIO_ARCHIVE_DIR", str(archive))
    view = votes.one(connect(url), seed.FOUNDING)
    assert view is not None
    pieces.page.cache_clear()
    Store(archive).path(view.origin.sha256).write_bytes(b"%PDF-1.4 another document")
    answer = ask(f"/v/{seed.FOUNDING}/page.png?lang=en", at=url)
    assert answer.status == 404
    assert "The page could not be drawn." in answer.text


def test_previews_and_search_engines_get_facts(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCRUTINIO_PUBLIC_URL", "https://votes.example.org/tracker/")
    seen = Seen(ask(f"{PAGE}?lang=en").body)
    whole = f"https://votes.example.org/tracker{PAGE}"
    assert seen.named("link", rel="canonical") == [{"rel": "canonical", "href": f"{whole}?lang=en"}]
    assert {has["hreflang"]: has["href"] for has in seen.named("link", rel="alternate") if "hreflang" in has} == {
        "es": whole,
        "en": f"{whole}?lang=en",
    }
    assert seen.meta("og:url") == f"{whole}?lang=en"
    assert seen.meta("og:title").startswith("70–33–4 · Proyecto de resolución legislativa 4766")
    assert "the sitting of May 18, 2023, was 70-33, with four abstentions" in seen.meta("og:description")
    assert seen.meta("og:description") == seen.meta("description")
    (block,) = seen.data
    told = json.loads(block)
    assert (told["@type"], told["identifier"], told["name"]) == ("Dataset", seed.FOUNDING, seed.SUBJECT)
    assert told["about"]["startDate"] == "2023-05-19T00:10:00-05:00"
    assert told["about"]["about"] == [{"@type": "Legislation", "legislationIdentifier": "4766"}]
    counts = {one["propertyID"]: one["value"] for one in told["variableMeasured"]}
    assert (counts["board.yes"], counts["final.yes"], counts["final.no"], counts["final.abstain"]) == (69, 70, 33, 4)
    assert [counts[f"announced.{position}"] for position in ("yes", "no", "abstain")] == [70, 33, 4]
    assert "announced.not_cast" not in counts, "nobody announced one"
    assert "final.not_cast" not in counts, "minutes do not name the absent"
    assert len(told["isBasedOn"][0]["sha256"]) == 64
    assert told["distribution"]["contentUrl"] == f"{whole}.json"
    assert "result" not in block, "the source states none"


def test_a_candidate_and_a_quorum_call_are_described_too(ask: Ask) -> None:
    told = json.loads(Seen(ask(f"/v/{seed.SPEAKER}").body).data[0])
    assert {one["propertyID"]: one["value"] for one in told["variableMeasured"]}["final.McCarthy"] == 216
    told = json.loads(Seen(ask(f"/v/{seed.QUORUM}").body).data[0])
    assert {one["propertyID"]: one["value"] for one in told["variableMeasured"]}["final.present"] == 434


def test_data_are_in_the_documented_shape(ask: Ask, database: str) -> None:
    answer = ask(f"{PAGE}.json")
    assert answer.headers["content-type"] == "application/json"
    told = json.loads(answer.body)
    jsonschema.validate(told, json.loads((ROOT / "docs" / "vote.schema.json").read_text(encoding="utf-8")))
    view = votes.one(connect(database), seed.FOUNDING)
    assert view is not None
    assert told == json.loads(json.dumps(as_json(view)))


def test_who_broke_ranks_is_named_with_the_rule_and_the_way_to_the_others(ask: Ask) -> None:
    answer = ask(f"/v/{seed.SHEET}?own=1")
    for part in (
        "8 personas votaron distinto a la mayoría de su grupo.",
        "Perú Bicentenario 1–5–0 · la mayoría: en contra a favor : Marticorena Mendoza, Jorge Alfonso",
        "La de Escrutinio . La línea de un grupo es lo que hizo la mayor parte de quienes votaron",
        "Por otras reglas publicadas: Public Whip : 8 nombres;",
    ):
        assert part in answer.text, part
    links = [has["href"] for has in Seen(answer.body).named("a")]
    assert f"./vote?id={seed.SHEET}&rule=opora" in links
    assert "./v/pe-2023-05-18-sheet-23?own=1#ranks" in links
    told = ask(f"/v/{seed.DOUBTFUL}?lang=en").text
    assert "98 members voted differently from most of their group." in told


def test_the_seats_stand_on_the_page_with_their_words_and_no_style_of_their_own(ask: Ask) -> None:
    answer = ask(f"/v/{seed.SHEET}?own=1")
    seen = Seen(answer.body)
    (svg,) = seen.named("svg")
    assert svg["role"] == "img"
    assert not [tag for tag, has in seen.all if tag in ("svg", "path", "text") and "style" in has]
    assert "70 de los 107 votos emitidos fueron a favor" in answer.text
    assert "Con borde grueso, 3 votos que constaron de viva voz" in answer.text
    assert any(has["href"].endswith("#charts") for has in seen.named("a"))
    for slug in (seed.SPEAKER, seed.QUORUM):
        assert not Seen(ask(f"/v/{slug}").body).named("svg")


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.json", "/v/none", "/v/none.json", "/nothing", "/sitemap.xml"])
def test_nothing_but_our_own_style_may_be_loaded(ask: Ask, path: str) -> None:
    answer = ask(path)
    carried = {name: answer.headers.get(name.lower()) for name in HEADERS}
    assert carried == HEADERS | {"Content-Security-Policy": POLICY}
    assert "script-src" not in POLICY
    assert POLICY.startswith("default-src 'none'; style-src 'sha256-")
    if "text/html" in answer.headers["content-type"]:
        style = re.search(r"<style>(.*?)</style>", answer.body, re.DOTALL)
        assert style is not None
        assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() in POLICY
        assert {has.get("type") for has in Seen(answer.body).named("script")} <= {"application/ld+json"}


@pytest.mark.parametrize(
    "subject",
    [
        seed.NASTY,
        "</script><script>alert(1)</script> {{ 7*7 }} {% raw %} ${7*7} </style> </title> <!-- ]]>",
        '\u202egnp.exe\u2066 \u200b=HYPERLINK("https://evil.example","x") @SUM(1) \x01 \'" onload=alert(1)',
    ],
)
def test_a_hostile_title_stays_text(ask: Ask, tmp_path: Path, subject: str) -> None:
    answer = ask(PAGE, at=hostile(tmp_path, subject))
    assert answer.status == 200
    clean = re.sub("[\x01\u200b\u202e\u2066]", "", subject)
    assert " ".join(clean.split()) in answer.text
    seen = Seen(answer.body)
    assert not {tag for tag, _ in seen.all} & {"iframe", "object", "embed", "form", "img"}
    assert not [has for _, has in seen.all for name in has if name.startswith("on")]
    assert len(seen.named("script")) == 1
    assert len(seen.named("style")) == 1
    assert json.loads(seen.data[0])["name"] == subject
    assert not [has["href"] for has in seen.named("a") if not has["href"].startswith(("./", "https://"))]
    assert "\u202e" not in answer.body.partition("<body")[2]


def test_a_reload_costs_nothing_until_the_data_move(ask: Ask, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/moving.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    seed.corrected(engine)
    path = f"/v/{seed.CORRECTED}"
    for address in (path, f"{path}.json", "/sitemap.xml", "/sitemap-1.xml"):
        first = ask(address, at=url)
        again = ask(address, at=url, If_None_Match=f'"x", {first.headers["etag"]}')
        assert (again.status, again.body, again.headers["etag"]) == (304, "", first.headers["etag"])
        assert again.headers["content-security-policy"] == POLICY
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert ("no-cache" in first.headers["cache-control"]) is ("sitemap" in address)
    tag = ask(path, at=url).headers["etag"]
    assert tag != ask(f"{path}?lang=en", at=url).headers["etag"]
    before = ask(path, at=url).text
    assert "Lectura 3" not in before
    vote = seed.american(
        seed.CORRECTED, seed.date(2023, 6, 29), "H.R. 7: Another title", [(seed.YEA, "R", 5), (seed.NAY, "D", 4)]
    )
    writer = seed.Writer(engine, seed.CLERK)
    writer.take(seed.reading(seed.CLERK, vote, url="https://clerk.house.gov/evs/2023/roll300.xml",
                             at=datetime(2023, 7, 9, tzinfo=UTC)))  # fmt: skip
    writer.flush()
    moved = ask(path, at=url, If_None_Match=tag)
    assert moved.status == 200
    assert "H.R. 7: Another title" in moved.text


def test_only_the_head_is_sent_to_who_asks_for_the_head(ask: Ask) -> None:
    for path in (PAGE, f"{PAGE}.json", "/robots.txt", "/healthz"):
        whole, head = ask(path), ask(path, method="HEAD")
        assert (head.status, head.body) == (whole.status, "")
        assert head.headers["content-length"] == whole.headers["content-length"]
        assert head.headers.get("etag") == whole.headers.get("etag")
    assert ask(PAGE, method="POST").status == 405


def test_pages_travel_packed(ask: Ask) -> None:
    packed = ask(PAGE, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 18_000


@pytest.mark.parametrize(
    ("lang", "told", "held"),
    [
        ("es", "No tenemos la votación pe-1821-07-28-1", "Congreso del Perú: del 18 de mayo de 2023 al 18 de mayo"),
        ("en", "We hold no vote pe-1821-07-28-1", "US House: from 3 January 2023 to 28 September 2023 (6 votes)."),
    ],
)
def test_an_unknown_vote_is_said_to_be_unknown_and_what_is_held(ask: Ask, lang: str, told: str, held: str) -> None:
    answer = ask(f"/v/pe-1821-07-28-1?lang={lang}")
    assert answer.status == 404
    assert told in answer.text
    assert held in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert any(has["href"].startswith("./votes") for has in Seen(answer.body).named("a"))
    assert ask(f"/v/{seed.FOUNDING}?version=99").status == 404
    data = ask(f"/v/pe-1821-07-28-1.json?lang={lang}")
    assert (data.status, json.loads(data.body)) == (404, {"error": "not_found", "message": told})


@pytest.mark.parametrize("slug", ["%3Cscript%3Ealert(1)%3C/script%3E", "'%20OR%201=1", "a" * 4000, "..", "%00", "-x"])
def test_an_id_that_is_none_is_answered_without_asking_the_database(ask: Ask, tmp_path: Path, slug: str) -> None:
    for path in (f"/v/{slug}", f"/v/{slug}.json", f"/v/{slug}/piece.png", f"/v/{slug}/page.png"):
        answer = ask(path, at=f"sqlite:///{tmp_path}/none.sqlite")
        assert answer.status == 404
        assert "<script>" not in answer.body


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/v", "/v/", f"/v/{seed.FOUNDING}/more", "/sitemap-0.xml", "/sitemap-2.xml"]
)
def test_no_page_is_a_page_that_helps(ask: Ask, path: str) -> None:
    answer = ask(f"{path}?lang=en")
    assert answer.status == 404
    assert "There is no page at this address" in answer.text
    base = Seen(answer.body).named("base")[0]["href"]
    assert base == ("../" * (path.count("/") - 1) or "./"), "links hold under any prefix"


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_database_that_cannot_be_read_gets_a_message(ask: Ask, tmp_path: Path, lang: str) -> None:
    (tmp_path / "junk.sqlite").write_bytes(b"no database at all" * 100)
    sqlite3.connect(tmp_path / "bare.sqlite").execute("CREATE TABLE t (x)")
    lead = {"es": "No se pueden leer los datos", "en": "The data cannot be read"}[lang]
    for name, why in (("none", "no database at"), ("junk", "not a database"), ("bare", "tracker db upgrade")):
        url = f"sqlite:///{tmp_path}/{name}.sqlite"
        answer = ask(f"{PAGE}?lang={lang}", at=url)
        assert answer.status == 503
        assert lead in answer.text
        assert why in answer.text
        assert "Traceback" not in answer.body
        assert answer.headers["retry-after"] == "30"
        data = ask(f"{PAGE}.json", at=url)
        assert (data.status, json.loads(data.body)["error"]) == (503, "unavailable")
        assert ask("/sitemap.xml", at=url).status == 503
        assert ask("/healthz", at=url).status == 503


def test_a_locked_database_is_said_to_be_locked(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.queries.database.BUSY_MS", 1)
    holder = sqlite3.connect(tmp_path / "held.sqlite", isolation_level=None)
    holder.execute("CREATE TABLE alembic_version (version_num TEXT)")
    holder.execute("BEGIN EXCLUSIVE")
    answer = ask(f"{PAGE}?lang=en", at=f"sqlite:///{tmp_path}/held.sqlite")
    holder.close()
    assert answer.status == 503
    assert "locked by another programme" in answer.text


def test_an_empty_database_has_its_own_words(ask: Ask, empty: str) -> None:
    answer = ask("/v/x?lang=en", at=empty)
    assert answer.status == 404
    assert "Nothing has been collected yet." in answer.text
    assert ask("/sitemap.xml", at=empty).body.count("<sitemap>") == 0
    assert ask("/healthz", at=empty).status == 200


@pytest.mark.postgres
def test_health_says_how_the_queue_stands_where_there_is_one(ask: Ask, postgres_url: str) -> None:
    filled = seed.seeded(postgres_url)
    Queue(filled.engine).fire("us_house", datetime(2026, 11, 26, 9, tzinfo=UTC))
    told = json.loads(ask("/healthz", at=postgres_url).body)
    assert told["queue"] == {"running": 0, "waiting": 1, "failed": 0, "workers": 0, "reading": []}
    state = queue_state(filled.engine)
    line = freshness.queue(state, words.of("en"))
    assert "0 running, 1 waiting, 0 failed. Workers: 0." in str(line)
    assert "Nobody is working it off" in str(line)
    assert "1 en espera" in str(freshness.queue(state, words.of("es")))
    filled.engine.dispose()


def test_health_says_nothing_of_a_queue_on_sqlite(ask: Ask) -> None:
    assert "queue" not in json.loads(ask("/healthz").body)
    assert freshness.queue(None, words.of("en")) is None


def test_a_failure_of_our_own_is_a_message_too(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret innards")

    monkeypatch.setattr("dashboard.components.tally.panel", fail)
    answer = ask(f"{PAGE}?lang=en", Host="nobody-before.example.org")
    assert answer.status == 500
    assert "This page could not be made" in answer.text
    assert "innards" not in answer.body


@pytest.mark.parametrize("host", ["[::1", "[::1]:x", "a]b", '"><script>alert(1)</script>', "a b", "x" * 3000])
def test_a_host_that_is_none_breaks_nothing(ask: Ask, host: str) -> None:
    for path in (PAGE, "/sitemap-1.xml", "/robots.txt", "/v/none"):
        answer = ask(path, Host=host)
        assert answer.status in (200, 400, 404), "what is no host is passed over for the address that was reached"
        assert "<script>alert" not in answer.body


def test_search_engines_find_every_vote_once(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCRUTINIO_PUBLIC_URL", "https://votes.example.org")
    assert "Sitemap: https://votes.example.org/sitemap.xml\n" in ask("/robots.txt").body
    assert re.findall("<loc>(.*?)</loc>", ask("/sitemap.xml").body) == ["https://votes.example.org/sitemap-1.xml"]
    page = ask("/sitemap-1.xml")
    assert page.headers["content-type"] == "application/xml"
    moved = dict(re.findall("<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", page.body))
    assert len(moved) == 9
    assert moved[f"https://votes.example.org{PAGE}"] == "2023-06-12T14:03:00Z"
    assert ask(f"/v/{seed.FOUNDING}").status == 200


def test_health_is_red_when_a_source_had_no_good_run_lately(ask: Ask, tmp_path: Path) -> None:
    old = ask("/healthz")
    told = json.loads(old.body)
    assert told["alerts"]["waiting"] == told["alerts"]["failed"] == 0
    assert (old.status, told["status"]) == (503, "stale")
    assert told["message"] == "no good run for more than 4 days: pe_minutes, us_house. Run: tracker health"
    assert {one["source"]: one["stale"] for one in told["sources"]} == {
        "pe_minutes": True, "us_house": True, "us_senate": False,
    }  # fmt: skip
    fresh = seed.seeded(f"sqlite:///{tmp_path}/fresh.sqlite")
    for number, source in enumerate(("pe_minutes", "us_house"), 10):
        seed.run(fresh.engine, number, source, ending="unchanged", day=datetime.now(UTC).date())
    good = ask("/healthz", at=fresh.url)
    assert (good.status, json.loads(good.body)["status"]) == (200, "ok")


def test_a_page_takes_few_questions_and_a_reload_fewer(ask: Ask) -> None:
    tag = ask(PAGE).headers["etag"]
    asked: list[str] = []
    event.listen(record.engine(), "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    ask(PAGE, Host="nobody-before.example.org")
    assert 10 < len([one for one in asked if one.startswith("SELECT")]) <= 22
    asked.clear()
    assert ask(PAGE, If_None_Match=tag).status == 304
    assert len([one for one in asked if one.startswith("SELECT")]) <= 3
    asked.clear()
    ask(PAGE)
    assert len([one for one in asked if one.startswith("SELECT")]) <= 3, "a page that is ready is not made again"


def test_the_plain_addresses_need_no_streamlit() -> None:
    ask_for = (
        "import sys, dashboard.plain; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'streamlit', 'altair', 'pandas', 'pyarrow', 'numpy', 'cv2', 'tornado'}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask_for], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "[]"


def test_plain_pages_have_the_colours_and_fonts_of_the_others() -> None:
    theme = tomllib.loads((ROOT / "dashboard" / "options.toml").read_text(encoding="utf-8"))["theme"]
    style = (ROOT / "dashboard" / "plain.css").read_text(encoding="utf-8").lower().replace('"', "'")
    for name, key in (("background", "backgroundColor"), ("color", "textColor")):
        assert f"{name}: light-dark({theme['light'][key]}, {theme['dark'][key]})".lower() in style
    assert "font-family: var(--esc-sans);" in style, "as tests/dashboard/test_fonts.py holds to the options"
    assert theme["codeFont"].lower() in style


def test_links_hold_under_a_prefix(use: Callable[[str], None], database: str, serve: Callable[..., Any]) -> None:
    use(database)
    under = Starlette(routes=[Mount("/tracker", routes=ROUTES)])
    with serve(under) as port:
        address = f"http://127.0.0.1:{port}/tracker"
        with urllib.request.urlopen(f"{address}{PAGE}", timeout=30) as answer:
            seen = Seen(answer.read().decode())
        assert seen.named("base") == [{"href": "../"}]
        assert seen.named("link", rel="canonical")[0]["href"] == f"{address}{PAGE}"
        with urllib.request.urlopen(f"{address}/sitemap.xml", timeout=30) as answer:
            assert f"<loc>{address}/sitemap-1.xml</loc>" in answer.read().decode()


def test_the_setting_for_our_address_takes_addresses_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCRUTINIO_PUBLIC_URL", "javascript:alert(1)")
    settings.cache_clear()
    with pytest.raises(ValueError, match="should start with http"):
        settings()
    settings.cache_clear()
