"""Does the interface for programs give what the record holds, in its documented shapes, and refuse in one shape?"""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
import seed
from starlette.applications import Starlette
from starlette.routing import Mount

from dashboard.api import app as api
from dashboard.api import claims, lists, people
from dashboard.api.problems import NAMES, Problem
from dashboard.api.vote import Vote
from dashboard.components.verdicts import EXAMPLE
from dashboard.routes import limits
from dashboard.routes.limits import Limit
from dashboard.routes.table import ROUTES
from tracker.queries import paging

Ask = Callable[..., Any]
ROOT = Path(__file__).parents[2]
FLORES = "/members/pe_congress/flores-ruiz-victor-seferino"
SHAPES = {
    "/votes": lists.VotePage,
    f"/votes/{seed.FOUNDING}": Vote,
    f"/votes/{seed.SPEAKER}": Vote,
    f"/votes/{seed.SENATE}": Vote,
    f"/votes/{seed.CORRECTED}?version=1": Vote,
    f"/votes/{seed.CORRECTED}/changes": lists.VoteChanges,
    "/changes": lists.ChangePage,
    "/members?limit=100": people.MemberPage,
    FLORES: people.MemberRecord,
    "/members/us_house/H00004?year=2024": people.MemberRecord,
    "/groups": people.Groups,
    "/groups?year=2024": people.Groups,
    "/legislatures": lists.Legislatures,
    "/health": lists.Health,
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin with full buckets."""
    monkeypatch.setattr(limits, "CALLS", Limit(1000))
    monkeypatch.setattr(limits, "CHECKS", Limit(1000))


@pytest.fixture
def get(ask: Ask) -> Ask:
    """Ask for an address of the interface; give what came as JSON."""

    def answer(path: str, status: int = 200, **more: Any) -> Any:
        came = ask(f"/api/v1{path}", **more)
        assert came.status == status, came.body
        kind = "application/json" if status == 200 else "application/problem+json"
        assert came.headers["content-type"] == kind
        told = json.loads(came.body)
        if status != 200:
            assert Problem.model_validate(told).status == status
            assert came.headers["cache-control"] == "no-store"
        return told

    return answer


@pytest.fixture
def post(ask: Ask) -> Ask:
    """Send a text to be checked; give status, headers and what came as JSON."""

    def send(body: bytes, kind: str = "application/json", at: str | None = None) -> tuple[int, dict[str, str], Any]:
        came = ask("/api/v1/claims", method="POST", body=body, at=at, Content_Type=kind)
        return came.status, came.headers, json.loads(came.body)

    return send


@pytest.mark.parametrize(("path", "shape"), SHAPES.items())
def test_every_answer_has_its_documented_shape(ask: Ask, year: str, path: str, shape: Any) -> None:
    came = ask(f"/api/v1{path}", at=year)
    assert came.status == 200
    shape.model_validate_json(came.body)


def test_a_vote_is_the_same_here_and_beside_its_page(ask: Ask, get: Ask) -> None:
    schema = json.loads((ROOT / "docs" / "vote.schema.json").read_text(encoding="utf-8"))
    for query in ("", "?as_of=2023-06-12T18:00:00Z"):
        told = get(f"/votes/{seed.FOUNDING}{query}")
        jsonschema.validate(told, schema)
        assert told == json.loads(ask(f"/v/{seed.FOUNDING}.json{query}").body)
    assert (told["tallies"]["board"]["yes"], told["tallies"]["final"]["yes"], len(told["ballots"])) == (69, 70, 104)


def test_an_earlier_reading_by_number_and_by_moment(get: Ask) -> None:
    vote = f"/votes/{seed.CORRECTED}"
    assert get(vote)["version"] == 2
    assert get(f"{vote}?version=1")["tallies"]["board"]["yes"] == 5
    for then in ("2023-06-29", "2023-06-29T18:00:00%2B00:00", "2023-06-29T18:00:00.123Z", "2023-06-29T14:30"):
        told = get(f"{vote}?as_of={then}")
        assert (told["version"], told["as_of"][:10]) == (1, "2023-06-29" if "T" in then else "2023-06-30"), then
    for early in ("2023-06-28", "0001-01-01", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00", "9999-12-31"):
        assert get(f"{vote}?as_of={early}", 404)["type"].endswith(":problem/not-then"), early
    assert get(f"{vote}?version=9", 404)["type"].endswith(":problem/not-found")
    changes = get(f"{vote}/changes")
    assert [one["version"] for one in changes["versions"]] == [2, 1]
    assert {"field": "final", "who": None, "was": "5–4–0", "now": "4–5–0"} in changes["versions"][0]["changes"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tropas", {seed.FOUNDING, seed.SHEET}),
        ("q=ingrso&exact=true", set()),
        ("state=doubtful", {seed.DOUBTFUL}),
        ("out=turned", {seed.SENATE}),
        ("out=said:McCarthy", {seed.SPEAKER}),
        ("margin=1&ch=us_house", {seed.CORRECTED, seed.HOSTILE}),
        ("group=R&stand=no&ch=us_senate", {seed.SENATE}),
        ("kind=On+the+Cloture+Motion&sort=oldest", {seed.SENATE}),
        ("since=2023-05-19&until=2023-05-19&sort=closest", {seed.FOUNDING, seed.SHEET}),
        ("since=9999-12-31", set()),
        ("until=0001-01-01", set()),
    ],
)
def test_votes_are_narrowed_down_as_on_the_page(get: Ask, query: str, found: set[str]) -> None:
    told = get(f"/votes?{query}")
    assert {vote["id"] for vote in told["votes"]} == found
    assert (told["total"], told["next"]) == (len(found), None)


@pytest.mark.parametrize("path", ["/votes?ch=us_house", "/votes?sort=closest", "/members?ch=us_senate", "/changes"])
def test_a_list_is_followed_to_its_end(ask: Ask, tmp_path: Path, path: str) -> None:
    url = f"sqlite:///{tmp_path}/moved.sqlite"
    seed.moved(seed.seeded(url).engine, 10)
    name = path.partition("?")[0].strip("/")
    address, seen = f"/api/v1{path}{'&' if '?' in path else '?'}limit=7", []
    total = None
    while address:
        came = ask(address, at=url)
        told = json.loads(came.body)
        total = total or told["total"]
        assert told["total"] == total
        seen += [json.dumps(one) for one in told[name]]
        follow = re.fullmatch(r'<http://127.0.0.1:\d+(/.*)>; rel="next"', came.headers.get("link", ""))
        assert bool(follow) is (told["next"] is not None)
        assert not follow or quote(told["next"]) in follow[1]
        address = follow[1] if follow else ""
    assert len(seen) == len(set(seen)) == total > 7


@pytest.mark.parametrize(
    "cursor",
    ["abc", "W10", "bnVsbA", "WyJuZXdlc3QiXQ", "e30", "WyJuZXdlc3QiLG51bGwsIngiLG51bGwsMSwxXQ",
     "WyJuZXdlc3QiLG51bGwsIjIwMjMtMDEtMDEiLG51bGwsMSwxZTk5XQ", "WyJjaGFuZ2VzIiwtMV0", "WyJjaGFuZ2VzIix0cnVlXQ",
     "WyJtZW1iZXJzIiwxLDJd"],
)  # fmt: skip
def test_a_cursor_that_is_none_of_ours_is_refused(get: Ask, cursor: str) -> None:
    for path in ("/votes", "/changes", "/members"):
        assert get(f"{path}?cursor={cursor}", 404)["type"].endswith(":problem/unknown-cursor")


def test_the_cursor_of_another_order_is_refused(get: Ask) -> None:
    cursor = get("/votes?limit=1")["next"]
    assert get(f"/votes?limit=1&cursor={cursor}")["votes"]
    get(f"/votes?limit=1&sort=oldest&cursor={cursor}", 404)


def test_a_members_record_says_what_was_done_aloud_and_apart(get: Ask, year: str) -> None:
    told = get(FLORES)
    assert (told["name"], told["years"], told["year"]) == ("Flores Ruíz, Víctor Seferino", [2023], 2023)
    assert [vote["vote"] for vote in told["votes"]] == [seed.FOUNDING, seed.SHEET], "two papers, not joined here"
    vote = told["votes"][0]
    assert (vote["vote"], vote["position"], vote["aloud"], vote["group"]) == (seed.FOUNDING, "yes", True, "FP")
    assert (vote["line"], vote["apart"]) == ({"position": "yes", "candidate": None}, None)
    empty = get(f"{FLORES}?year=1999")
    assert (empty["participation"], empty["votes"], empty["year"]) == (None, [], 1999)
    assert "no member of us_house" in get("/members/us_house/nobody", 404)["detail"]
    moved = get(f"/members/us_house/{seed.SWITCHED}?year=2024", at=year)
    assert [group["code"] for group in moved["groups"]] == ["R", "I"]
    assert (
        moved["participation"]["held"]
        == sum(moved["participation"]["away"].values()) + (moved["participation"]["voted"])
    )
    assert len(moved["votes"]) == 24
    assert any(vote["apart"] == "opposed" for vote in moved["votes"])


def test_groups_with_a_year_are_those_that_voted_in_it(get: Ask, year: str) -> None:
    assert {group["code"]: group["members"] for group in get("/groups?ch=us_house", at=year)["groups"]} == {
        "D": None, "I": None, "R": None,
    }  # fmt: skip
    told = {group["code"]: group for group in get("/groups?ch=us_house&year=2024", at=year)["groups"]}
    assert {code: one["members"] for code, one in told.items()} == {"D": 7, "I": 1, "R": 6}
    assert told["D"]["last"].startswith("2024-")
    assert 0 < told["R"]["united"]["agreement_index"] <= 1
    assert get("/groups?ch=us_house&year=1999")["groups"] == []


def test_what_is_held_and_how_fresh_it_is(get: Ask, empty: str) -> None:
    told = {one["slug"]: one for one in get("/legislatures")["legislatures"]}
    assert (told["us_house"]["votes"], told["us_house"]["first"]) == (6, "2023-01-03")
    assert told["pe_congress"]["sources"] == ["pe_minutes"]
    assert get("/health")["status"] == "stale"
    assert get("/legislatures", at=empty) == {"legislatures": []}
    assert get("/votes", at=empty) == {"votes": [], "total": 0, "more": False, "next": None}


def test_a_text_is_checked_as_by_the_older_address(post: Ask) -> None:
    schema = json.loads((ROOT / "docs" / "check.schema.json").read_text(encoding="utf-8"))
    for body, kind in (
        (json.dumps({"text": EXAMPLE, "date": "2023-05-19"}).encode(), "application/json; charset=utf-8"),
        (EXAMPLE.encode(), "text/plain"),
    ):
        status, headers, told = post(body, kind)
        assert status == 200
        jsonschema.validate(told, schema)
        claims.Checked.model_validate(told)
        assert told["claims"][0]["matches"][0]["id"] == seed.FOUNDING
        assert headers["cache-control"] == "no-store"
        assert headers["ratelimit-policy"] == '"checks";q=1000;w=60'


@pytest.mark.parametrize(
    ("body", "kind", "status", "name"),
    [
        (b"{}", "application/json", 422, "text"),
        (b"{", "application/json", 422, "body"),
        (b"\xff", "application/json", 422, "body"),
        (b'{"text": "\\ud800"}', "application/json", 422, "body"),
        (b'{"text": 7}', "application/json", 422, "text"),
        (b'{"text": "a\\u0000b"}', "application/json", 422, "text"),
        (b'{"text": "a", "date": "soon"}', "application/json", 422, "date"),
        (b'{"text": "a", "date": 7}', "application/json", 422, "date"),
        (b'{"text": "a", "more": 7}', "application/json", 422, "more"),
        (b"  \n", "text/plain", 422, "text"),
        (b"\xff", "text/plain", 422, "body"),
        (b"a" * 100_001, "text/plain", 422, "text"),
        (b"a" * 700_001, "text/plain", 413, None),
        (b"<a/>", "text/html", 415, None),
        (b"a=b", "", 415, None),
    ],
)
def test_what_is_no_text_is_refused(post: Ask, body: bytes, kind: str, status: int, name: str | None) -> None:
    came, headers, told = post(body, kind)
    assert (came, headers["content-type"]) == (status, "application/problem+json")
    assert [fault["name"] for fault in Problem.model_validate(told).model_dump()["errors"]] == ([name] if name else [])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/votes?limit=0", "limit"), ("/votes?limit=101", "limit"), ("/votes?limit=ten", "limit"),
        ("/votes?since=2023-02-31", "since"), ("/votes?since=1684368000", "since"), ("/votes?state=maybe", "state"),
        ("/votes?out=perhaps", "out"), ("/votes?margin=-1", "margin"), ("/votes?stand=no", "stand"),
        (f"/votes?q={'x' * 201}", "q"), ("/votes?q=%00", "q"), ("/votes?kind=a%0Ab", "kind"),
        ("/votes?chamber=us_house", "chamber"), ("/votes?ch=%27;DROP", "ch"), ("/votes?cursor=%3D", "cursor"),
        ("/votes/..%2F..", ""), ("/votes/%27%20OR%201=1--", "id"), (f"/votes/{'x' * 121}", "id"),
        ("/votes/x?version=0", "version"), ("/votes/x?as_of=soon", "as_of"), ("/votes/x?as_of=1684368000", "as_of"),
        ("/votes/x?own=2", "own"), ("/changes?cause=nobody", "cause"), ("/members?q=%0B", "q"),
        ("/members/us_house/x?rule=mine", "rule"), ("/members/us_house/x?year=0", "year"), ("/groups?x=1", "x"),
        ("/legislatures?x=1", "x"), ("/health?x=1", "x"),
    ],
)  # fmt: skip
def test_what_is_not_as_described_is_refused_by_name(get: Ask, path: str, name: str) -> None:
    if not name:
        assert get(path, 404)["type"].endswith(":problem/not-found")
        return
    told = get(path, 422)
    assert told["type"] == "tag:escrutinio.invalid,2026:problem/invalid-parameter"
    assert [fault["name"] for fault in told["errors"]] == [name]
    assert len(json.dumps(told)) < 1500, "nothing is said back at length"


@pytest.mark.parametrize("path", ["/votes?ch=nowhere", "/changes?ch=nowhere", "/members?ch=nowhere", "/groups?ch=no"])
def test_a_legislature_that_is_none_is_not_found(get: Ask, path: str) -> None:
    assert "us_house" in get(path, 404)["detail"], "it says which there are"


@pytest.mark.parametrize("path", ["/nothing", "/votes/", "/votes/a/b", "/docs", "/redoc", "/v/a", "//", "/%00"])
def test_below_the_interface_every_address_that_is_none_says_so_in_its_shape(get: Ask, path: str) -> None:
    assert get(path, 404)["type"] == "tag:escrutinio.invalid,2026:problem/not-found"


def test_methods_that_an_address_does_not_have(ask: Ask, get: Ask) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        assert get("/votes", 405, method=method)["type"].endswith(":problem/method-not-allowed")
        assert ask("/api/v1/votes", method=method).headers["allow"] == "GET, HEAD, OPTIONS"
    assert ask("/api/v1/claims").headers["allow"] == "OPTIONS, POST"


@pytest.mark.parametrize("path", ["/votes", f"/votes/{seed.FOUNDING}", "/health"])
def test_head_is_get_without_its_body(ask: Ask, path: str) -> None:
    whole, head = ask(f"/api/v1{path}"), ask(f"/api/v1{path}", method="HEAD")
    assert (head.status, head.body) == (200, "")
    assert head.headers.get("etag") == whole.headers.get("etag")
    assert head.headers["content-type"] == "application/json"
    assert ask("/api/v1/votes/nobody", method="HEAD").status == 404


def test_any_page_of_the_web_may_read_and_have_texts_checked(ask: Ask) -> None:
    for path in ("/votes", "/nothing", "/votes?limit=0"):
        headers = ask(f"/api/v1{path}", Origin="https://example.org").headers
        assert headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in headers
        assert "ETag" in headers["access-control-expose-headers"]
    asked = ask("/api/v1/votes", method="OPTIONS", Origin="https://example.org", Access_Control_Request_Method="GET")
    assert (asked.status, asked.body, asked.headers["allow"]) == (204, "", "GET, HEAD, OPTIONS")
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    checks = ask("/api/v1/claims", method="OPTIONS", Origin="https://example.org", Access_Control_Request_Method="POST")
    assert checks.headers["access-control-allow-methods"] == "OPTIONS, POST", "a text to check is stored nowhere"
    assert "Content-Type" in checks.headers["access-control-allow-headers"]
    assert ask("/api/v1/nothing", method="OPTIONS").status == 404


def test_whoever_holds_an_answer_gets_it_again_only_when_the_data_move(ask: Ask, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/moving.sqlite"
    engine = seed.seeded(url).engine
    for path in ("/votes?limit=2", "/changes", "/members", "/groups", "/legislatures", f"/votes/{seed.HOUSE}", FLORES):
        came = ask(f"/api/v1{path}", at=url)
        assert came.headers["cache-control"] == "no-cache"
        again = ask(f"/api/v1{path}", at=url, If_None_Match=came.headers["etag"])
        assert (again.status, again.body, again.headers["etag"]) == (304, "", came.headers["etag"])
    tag = ask("/api/v1/votes?limit=2", at=url).headers["etag"]
    assert ask("/api/v1/votes?limit=3", at=url, If_None_Match=tag).status == 200
    seed.moved(engine, 1)
    assert ask("/api/v1/votes?limit=2", at=url, If_None_Match=tag).status == 200


def test_one_address_may_ask_so_often_and_is_told_when_again(
    ask: Ask, get: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CALLS", Limit(2))
    left = [ask("/api/v1/votes").headers["ratelimit"] for _ in range(2)]
    assert left == ['"calls";r=1;t=30', '"calls";r=0;t=60']
    assert get("/votes", 429)["type"].endswith(":problem/too-many-requests")
    refused = ask("/api/v1/nothing")
    assert refused.status == 429
    assert refused.headers["retry-after"] == "30"
    assert refused.headers["access-control-allow-origin"] == "*"
    assert ask(f"/v/{seed.FOUNDING}").status == 200, "pages are not counted"


def test_texts_are_counted_apart(post: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHECKS", Limit(1))
    monkeypatch.setattr(limits, "CALLS", Limit(0))
    assert post(b"a", "text/plain")[0] == 200
    status, headers, told = post(b"a", "text/plain")
    assert (status, headers["retry-after"], told["status"]) == (429, "60", 429)


@pytest.mark.parametrize("path", [*SHAPES, "/claims"])
def test_a_record_that_cannot_be_read_is_said_without_its_innards(
    ask: Ask, post: Ask, tmp_path: Path, path: str
) -> None:
    nowhere = f"sqlite:///{tmp_path}/nowhere/secret.sqlite"
    if path == "/claims":
        status, headers, told = post(EXAMPLE.encode(), "text/plain", nowhere)
    else:
        came = ask(f"/api/v1{path}", at=nowhere)
        status, headers, told = came.status, came.headers, json.loads(came.body)
    assert (status, headers["retry-after"]) == (503, "30")
    assert Problem.model_validate(told).type == "tag:escrutinio.invalid,2026:problem/unavailable"
    assert "secret" not in json.dumps(told)
    assert "sqlite" not in json.dumps(told)


def test_a_fault_of_ours_is_answered_and_logged(
    get: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("SELECT secret FROM innards")

    monkeypatch.setattr(paging, "stretch", broken)
    told = get("/votes", 500)
    assert told["type"].endswith(":problem/broken")
    assert "innards" not in json.dumps(told)
    assert "innards" in caplog.text


def test_hostile_text_stays_a_string(ask: Ask) -> None:
    came = ask(f"/api/v1/votes/{seed.HOSTILE}")
    assert json.loads(came.body)["subject"] == seed.NASTY
    assert came.headers["x-content-type-options"] == "nosniff"
    assert came.headers["content-type"] == "application/json"


def test_it_waits_to_be_loaded_until_somebody_asks() -> None:
    script = "import sys, dashboard.plain; print(sorted({'fastapi', 'numpy', 'dashboard.api'} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "[]"


@pytest.fixture
def under(use: Callable[[str], None], database: str, serve: Callable[..., Any]) -> Iterator[str]:
    """The plain addresses under a prefix."""
    use(database)
    with serve(Starlette(routes=[Mount("/tracker", routes=ROUTES)])) as port:
        yield f"127.0.0.1:{port}"


def test_addresses_hold_under_a_prefix(under: str) -> None:
    connection = http.client.HTTPConnection(under, timeout=60)

    def get(path: str) -> tuple[Any, dict[str, str]]:
        connection.request("GET", f"/tracker/api/v1{path}")
        came = connection.getresponse()
        return came.read().decode(), dict(came.getheaders())

    _, headers = get("/votes?limit=1")
    link = re.fullmatch(rf"<http://{under}/tracker/api/v1(/votes\?.*)>; rel=\"next\"", headers["link"])
    assert link
    assert json.loads(get(link[1])[0])["votes"]
    assert json.loads(get("/openapi.json")[0])["servers"] == [{"url": "/tracker/api/v1"}]
    page = get("/")[0]
    assert '<base href="../../">' in page
    assert 'href="./api/v1/openapi.json"' in page


def test_the_description_is_openapi_with_every_failure(ask: Ask) -> None:
    told = json.loads(ask("/api/v1/openapi.json").body)
    assert told["openapi"].startswith("3.1.")
    assert told["servers"] == [{"url": "/api/v1"}]
    assert len(told["paths"]) == 10
    assert "HTTPValidationError" not in json.dumps(told)
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"]
            assert operation["description"]
            answers = operation["responses"]
            assert {"200", "422", "429", "500", "503"} <= set(answers), path
            assert ("304" in answers) is (method == "get")
            assert "schema" in answers["200"]["content"]["application/json"]
            for status in set(answers) - {"200", "304"}:
                assert list(answers[status]["content"]) == ["application/problem+json"], (path, status)
            for parameter in operation.get("parameters", ()):
                assert parameter["description"], (path, parameter["name"])


def test_the_examples_in_the_description_have_the_shapes_it_gives() -> None:
    described = api.app.openapi()
    schemas = {"components": described["components"]}
    for operations in described["paths"].values():
        for operation in operations.values():
            for answer in operation["responses"].values():
                for content in answer.get("content", {}).values():
                    jsonschema.validate(content["example"], content["schema"] | schemas)


def test_the_description_for_people_has_no_script_and_nothing_from_elsewhere(ask: Ask) -> None:
    way = ask("/api/v1")
    assert (way.status, way.headers["location"]) == (308, "v1/"), "under any prefix"
    came = ask("/api/v1/")
    assert came.status == 200
    assert "<script" not in came.body
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', came.body)
    assert came.headers["content-security-policy"].startswith("default-src 'none'")
    for path in api.app.openapi()["paths"]:
        assert f"/api/v1{path}" in came.text
    assert "How most of that <code>group</code> voted" in came.body


EXAMPLE_OF = re.compile(r"```http\nGET (\S+)\n```\n\n```json\n(.*?)```", re.DOTALL)
DOCUMENTED = EXAMPLE_OF.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))


def is_part(told: Any, of: Any) -> bool:
    """Whether something stands in an answer: keys may be left out, and the rest of a list."""
    if isinstance(told, dict):
        return isinstance(of, dict) and all(key in of and is_part(value, of[key]) for key, value in told.items())
    if isinstance(told, list):
        return isinstance(of, list) and len(told) <= len(of) and all(map(is_part, told, of))
    return bool(told == of)


@pytest.mark.parametrize(("address", "told"), DOCUMENTED)
def test_every_documented_example_is_true(ask: Ask, address: str, told: str) -> None:
    assert len(DOCUMENTED) == 7
    came = json.loads(ask(address).body)
    assert is_part(json.loads(told), came), came


def test_every_address_and_every_kind_of_failure_is_documented() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    described = api.app.openapi()["paths"]
    assert set(re.findall(r"^\| `((?:GET|POST) \S+)` \|", page, re.MULTILINE)) == {
        f"{method.upper()} {path}" for path, operations in described.items() for method in operations
    }
    kinds = dict(re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", page, re.MULTILINE)) | {"404": "not-found"}
    assert kinds == {str(status): name for status, name in NAMES.items()}
    for path, operations in described.items():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                assert re.search(rf"`{parameter['name']}\b|{{{parameter['name']}}}", page), (path, parameter["name"])
