"""Does everybody get the file of what a page shows, and is it said in words where there is none?"""

from __future__ import annotations

import csv
import http.client
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import seed

from dashboard import links
from dashboard.routes import filing
from dashboard.routes.limits import FILES, Limit
from dashboard.sought import KEYS
from tracker.publish.package import make
from tracker.queries.database import connect
from tracker.settings import settings

Ask = Callable[..., Any]
MEMBER = "flores-ruiz-victor-seferino"
FORMS = ("csv", "xlsx", "json", "ndjson", "parquet")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tests have as many files as they like, but for the one on limits."""
    monkeypatch.setattr(filing, "FILES", Limit(100_000))


def rows(answer: Any) -> list[dict[str, str]]:
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff"), newline="")))


def content(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    came = connection.getresponse()
    body = came.read()
    connection.close()
    assert came.status == 200
    assert int(came.headers["Content-Length"]) == len(body)
    return body


def test_a_vote_comes_as_who_voted_how(ask: Ask) -> None:
    answer = ask(f"/v/{seed.SHEET}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == (f'attachment; filename="escrutinio-{seed.SHEET}-v1-ballots.csv"')
    assert answer.headers["access-control-allow-origin"] == "*"
    found = rows(answer)
    assert sum(row["position"] == "yes" for row in found) == 70
    assert sum(row["board"] == "yes" for row in found) == 69
    (said,) = rows(ask(f"/v/{seed.CORRECTED}.csv?table=votes&version=1"))
    assert (said["yes"], said["version"]) == ("5", "1")
    assert [row["n"] for row in rows(ask(f"/v/{seed.SHEET}.csv?table=spoken"))] == ["1", "2", "3"]


def test_packed_formats_come_as_they_are(ask: Ask, plain_port: int) -> None:
    ask("/robots.txt")  # points the server at the database
    table = pq.read_table(io.BytesIO(content(plain_port, f"/v/{seed.SHEET}.parquet")))
    assert table.num_rows == 130
    assert content(plain_port, f"/v/{seed.SHEET}.xlsx").startswith(b"PK")


@pytest.mark.parametrize(
    "query",
    ["", "q=tropas", "q=militar&exact=true", "ch=us_house&since=2023-06-01&until=2023-09-30", "state=doubtful",
     "out=turned", "margin=5&sort=closest", "group=D&stand=no", "out=said:Passed&lang=en"],
)  # fmt: skip
def test_a_list_comes_with_every_filter_of_its_page(ask: Ask, query: str) -> None:
    listed = [row["vote"] for row in rows(ask(f"/votes.csv?{query}"))]
    assert listed
    assert [row["vote"] for row in json.loads(ask(f"/votes.json?{query}").body)] == listed
    lines = ask(f"/votes.ndjson?{query}").body.splitlines()
    assert [json.loads(line)["vote"] for line in lines] == listed
    ballots = rows(ask(f"/votes.csv?table=ballots&{query}"))
    assert list(dict.fromkeys(row["vote"] for row in ballots)) == listed
    assert [one["id"] for one in json.loads(ask(f"/popolo.json?{query}").body)["vote_events"]] == listed


def test_a_member_comes_with_every_vote(ask: Ask) -> None:
    found = rows(ask(f"/member/pe_congress/{MEMBER}.csv"))
    assert {(row["vote"], row["position"], row["yes"]) for row in found} == {
        (seed.FOUNDING, "yes", "70"),
        (seed.SHEET, "yes", "70"),
    }


def test_whoever_holds_the_file_gets_nothing_anew_until_the_data_move(ask: Ask, tmp_path: Path) -> None:
    seeded = seed.seeded(f"sqlite:///{tmp_path}/moving.sqlite")
    first = ask("/votes.csv", at=seeded.url)
    tag = first.headers["etag"]
    same = ask("/votes.csv", at=seeded.url, If_None_Match=tag)
    assert (same.status, same.body) == (304, "")
    head = ask("/votes.csv", at=seeded.url, method="HEAD")
    assert (head.status, head.headers["etag"], head.body) == (200, tag, "")
    assert "content-length" not in head.headers
    seed.moved(seeded.engine, 1)
    assert ask("/votes.csv", at=seeded.url, If_None_Match=tag).status == 200
    seeded.engine.dispose()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/v/nothing.csv", 404, "nothing"),
        ("/v/%3Cscript%3E.csv", 404, "<script>"),
        (f"/v/{seed.SHEET}.csv?table=people", 400, "group_tallies"),
        (f"/v/{seed.SHEET}.csv?as_of=yesterday", 400, "yesterday"),
        (f"/v/{seed.SHEET}.csv?as_of=2001-01-01", 404, "2001"),
        ("/votes.csv?margin=some", 400, "margin=some"),
        ("/votes.csv?ch=mars", 400, "mars"),
        ("/votes.csv?since=2023-02-31", 400, "since=2023-02-31"),
        ("/votes.csv?table=%3Cb%3E", 400, "<b>"),
        ("/member/pe_congress/nobody.csv", 404, "nobody"),
        ("/member/mars/nobody.xlsx", 404, "nobody"),
        ("/bulk/datapackage.json", 404, ""),
        ("/bulk/..%2Fsecret", 404, ""),
    ],
)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_what_cannot_be_had_is_said_in_words(ask: Ask, path: str, status: int, words: str, lang: str) -> None:
    answer = ask(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert answer.status == status
    assert words in (answer.text or answer.body)
    assert "<b>" not in answer.body.partition("<main")[2]
    assert "no-store" in answer.headers["cache-control"]


def test_a_program_is_told_in_json(ask: Ask) -> None:
    answer = ask("/votes.json?margin=some&lang=en")
    assert answer.status == 400
    assert json.loads(answer.body)["error"] == "no_choice"


def test_a_file_that_would_be_too_long_is_refused_before_it_is_made(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "MOST_WITH_BALLOTS_IN_BOOK", 3)
    refused = ask("/votes.xlsx?table=ballots&lang=en")
    assert refused.status == 413
    assert "It holds 3" in refused.text
    assert ask("/votes.xlsx?table=ballots&q=tropas").status == 200
    assert ask("/votes.csv?table=ballots").status == 200


def test_long_lists_wait_for_their_turn_and_votes_do_not(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "PATIENCE", 0.01)
    with filing.AT_ONCE, filing.AT_ONCE:
        busy = ask("/votes.csv")
        assert (busy.status, busy.headers["retry-after"]) == (503, str(filing.AGAIN))
        assert ask(f"/v/{seed.SHEET}.csv").status == 200
    assert ask("/votes.csv").status == 200


def test_one_address_has_so_many_files_made_in_a_minute(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "FILES", Limit(2))
    path = f"/v/{seed.QUORUM}.csv?table=votes"
    assert [ask(path).status for _ in range(3)] == [200, 200, 429]
    refused = ask(path)
    assert 0 < int(refused.headers["retry-after"]) <= 30
    assert FILES.wait("somebody else") == 0


def test_no_database_is_said_as_everywhere(ask: Ask, tmp_path: Path) -> None:
    answer = ask("/votes.csv", at=f"sqlite:///{tmp_path}/none.sqlite")
    assert answer.status == 503
    assert "retry-after" in answer.headers


@pytest.fixture
def bulk(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The nightly package, in the folder of the settings."""
    engine = connect(database)
    make(engine, tmp_path / "bulk")
    engine.dispose()
    monkeypatch.setenv("ESCRUTINIO_BULK_DIR", str(tmp_path / "bulk"))
    settings.cache_clear()
    yield tmp_path / "bulk"
    monkeypatch.undo()
    settings.cache_clear()


def test_the_nightly_package_is_handed_out_whole_and_in_pieces_and_nothing_beside_it(ask: Ask, bulk: Path) -> None:
    (bulk.parent / "secret").write_text("no")
    (bulk / "stray.txt").write_text("no")
    told = json.loads(ask("/bulk/datapackage.json").body)
    for one in told["resources"]:
        assert ask(f"/bulk/{one['path']}", method="HEAD").headers["content-length"] == str(one["bytes"])
    piece = ask("/bulk/votes.parquet", Range="bytes=0-3")
    assert (piece.status, piece.body) == (206, "PAR1")
    for path in ("stray.txt", "../secret", "%2e%2e/secret", "..%2Fsecret", ""):
        assert ask(f"/bulk/{path}").status == 404


WAY = re.compile(r'<section class="esc-files"(.*?)</section>', re.DOTALL)


def ways(html: str) -> list[str]:
    (block,) = WAY.findall(html)
    return [way.replace("&amp;", "&") for way in re.findall(r'href="\./([^"]+)"', block)]


def test_pages_lead_to_the_files_of_what_they_show(page: Callable[..., Any], ask: Ask) -> None:
    shown = {
        "vote": page("vote", id=seed.CORRECTED, version="1"),
        "votes": page("votes", q="tropas", ch="pe_congress", page="1", lang="en"),
        "member": page("member", id=MEMBER, ch="pe_congress"),
    }
    found = {name: ways(one.html) for name, one in shown.items()}
    assert f"v/{seed.CORRECTED}.csv?version=1" in found["vote"]
    assert "votes.xlsx?q=tropas&ch=pe_congress" in found["votes"]
    assert "votes.csv?table=ballots&q=tropas&ch=pe_congress" in found["votes"]
    assert f"member/pe_congress/{MEMBER}.json" in found["member"]
    plain = ask(f"/v/{seed.CORRECTED}?version=1").body
    assert ways(plain) == found["vote"]
    for way in dict.fromkeys(way for some in found.values() for way in some):
        assert ask(f"/{way}").status == 200, way


def test_the_list_leads_to_the_nightly_package_if_there_is_one(page: Callable[..., Any], bulk: Path) -> None:
    assert bulk.is_dir()
    assert "bulk/datapackage.json" in ways(page("votes").html)


def test_a_file_is_asked_for_with_the_words_of_the_list() -> None:
    assert set(KEYS) < set(links.ASKED)
