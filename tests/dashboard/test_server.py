"""Do the plain addresses answer, over HTTP, from a server started in some other folder?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import seed

from dashboard.routes.fonts import FIRST
from dashboard.routes.headers import HEADERS
from dashboard.routes.templates import POLICY

ROOT = Path(__file__).parents[2]


def get(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_health_names_the_datas_version_and_every_source(server: str) -> None:
    status, _, body = get(f"{server}/healthz")
    state = json.loads(body)
    assert (status, state["status"]) == (503, "stale"), "the runs of the small database are years old"
    assert len(state["data_version"]) == 16
    assert {s["source"]: s["state"] for s in state["sources"]} == {
        "pe_minutes": "good",
        "us_house": "failed",
        "us_senate": "never",
    }
    assert state["sources"][1]["fresh_at"] == "2023-09-28T22:17:00Z"
    assert state["sources"][0]["last_sitting"] == "2023-05-18"


@pytest.mark.parametrize("path", ["/", "/vote?id=x", "/healthz", "/robots.txt", "/_stcore/health"])
def test_every_answer_carries_the_headers(server: str, path: str) -> None:
    _, headers, _ = get(server + path)
    carried = {name.lower(): value for name, value in headers.items()}
    assert {name: carried.get(name.lower()) for name in HEADERS} == HEADERS


def test_plain_pages_stand_beside_streamlits(server: str) -> None:
    address = f"{server}/v/{seed.FOUNDING}"
    request = urllib.request.Request(address, headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body, tag = answer.read().decode(), answer.headers["etag"]
        assert answer.headers["content-security-policy"] == POLICY
    assert "70–33–4" in body
    assert '<base href="../">\n<link rel="icon" href="icon.png">' in body
    again = urllib.request.Request(address, headers={"Accept": "text/html", "If-None-Match": tag})
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(again, timeout=30)
    assert unchanged.value.code == 304
    assert json.loads(get(f"{address}.json")[2])["id"] == seed.FOUNDING
    assert get(f"{server}/sitemap-1.xml")[2].count("<url>") == 9
    for wrong in ("/v/none", "/v/a/b", "/v"):
        assert get(server + wrong)[0] == 404


def test_feeds_and_the_interface_for_programs_stand_beside_streamlits_pages(server: str) -> None:
    status, headers, body = get(f"{server}/feed.atom?q=tropas&lang=en")
    assert (status, headers["content-type"]) == (200, "application/atom+xml")
    assert body.count("<entry") == 2
    assert get(f"{server}/feed/v/{seed.CORRECTED}.json")[0] == 200
    told = json.loads(get(f"{server}/api/v1/votes?q=tropas")[2])
    assert told["total"] == 2
    status, headers, body = get(f"{server}/api/v1/nothing")
    assert (status, headers["content-type"]) == (404, "application/problem+json")
    assert json.loads(get(f"{server}/api/v1/openapi.json")[2])["servers"] == [{"url": "/api/v1"}]
    for page, feed in (("votes?q=tropas&lang=en", "./feed.atom?q=tropas&amp;lang=en"), ("members", "./feed.atom")):
        request = urllib.request.Request(f"{server}/{page}", headers={"Accept": "text/html"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert 'type="application/atom+xml" title="Escrutinio · ' in (first := answer.read().decode())
            assert f'href="{feed}">' in first


def test_claims_are_checked_beside_streamlits_page_which_leads_to_the_form(server: str) -> None:
    accept = {"Accept": "text/html"}
    with urllib.request.urlopen(urllib.request.Request(f"{server}/check?lang=en", headers=accept), timeout=30) as page:
        assert '<noscript><p><a href="./plain/check?lang=en">This page without scripts</a></p>' in page.read().decode()
    assert 'action="./plain/check"' in get(f"{server}/plain/check")[2]
    claim = b"Congress approved it by 70 votes to 33"
    text = urllib.request.Request(f"{server}/api/check", claim, {"Content-Type": "text/plain"})
    with urllib.request.urlopen(text, timeout=30) as answer:
        assert json.load(answer)["claims"][0]["tally"]["yes"] == {"least": 70, "most": 70}


def test_pages_and_robots_answer(server: str) -> None:
    assert get(f"{server}/robots.txt")[2].startswith("User-agent: *")
    for path in ("/", "/votes", "/vote"):
        status, headers, body = get(server + path)
        assert status == 200
        assert headers["content-type"].startswith("text/html")
        assert "<title>" in body


@pytest.mark.parametrize("path", ["/feed.atom", "/votes.csv", "/api/v1/votes"])
def test_what_is_no_page_reaches_a_browser_as_it_is(server: str, path: str) -> None:
    request = urllib.request.Request(server + path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        tag = answer.headers["etag"]
    request.add_header("If-None-Match", tag)
    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(request, timeout=30)


@pytest.mark.parametrize("path", ["/vote/pe-2023-05-18-99001", "/votes/tropas?lang=en", "/a/b/c"])
def test_below_a_page_there_is_none_and_a_browser_is_told(server: str, path: str) -> None:
    status, _, body = get(server + path, Accept="text/html")
    up = "../" * (path.count("/") - 1)
    assert (status, f'<base href="{up}">' in body) == (404, True)
    told = "There is no page at this address" if "lang=en" in path else "No hay ninguna página en esta dirección"
    assert told in body


@pytest.mark.parametrize("path", ["/api", "/api/docs", "/api/v1"])
def test_every_way_to_the_interface_for_programs_leads_to_its_description(server: str, path: str) -> None:
    with urllib.request.urlopen(server + path, timeout=30) as answer:
        assert answer.url == f"{server}/api/v1/"


def test_the_description_for_programs_stays_in_its_language(server: str) -> None:
    request = urllib.request.Request(f"{server}/api/v1/", headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert '<html lang="en">' in answer.read().decode()


@pytest.mark.parametrize(
    ("path", "lang", "lead"),
    [("/", "es", "Cada votación"), ("/vote?id=x&lang=en", "en", "Every recorded"), ("/?lang=%22%3E", "es", "Cada")],
)
def test_the_first_lines_of_a_page_carry_our_name_and_the_readers_language(
    server: str, path: str, lang: str, lead: str
) -> None:
    request = urllib.request.Request(server + path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body = answer.read().decode()
        assert int(answer.headers["content-length"]) == len(body.encode())
    assert f'<html lang="{lang}">' in body
    assert f'<title>Escrutinio</title><meta name="description" content="{lead}' in body
    assert "<title>Streamlit" not in body
    ahead = re.findall(r'<link rel="preload" as="font" [^>]*href="([^"]+)"', body)
    assert ahead == [f"./fonts/{name}" for name in FIRST]
    assert "SourceSans" not in body, "170 kB that no page of ours is set in"


def test_our_options_stand_whatever_folder_the_server_is_started_in(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[client]\ntoolbarMode = 'developer'\n", encoding="utf-8")
    theirs = {"STREAMLIT_CLIENT_TOOLBAR_MODE": "viewer", "STREAMLIT_SERVER_BASE_URL_PATH": "tracker"}
    ask = (
        "from dashboard import server; from streamlit import config; "
        "print([k for k, v in server.options().items() if config.get_option(k) != v], "
        "config.get_option('client.toolbarMode'), config.get_option('server.baseUrlPath'), "
        "[route.path for route in server.plain_routes()][-1])"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), **theirs},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert told.stdout.strip() == "[] minimal tracker /tracker"


def test_health_is_red_without_a_database_and_says_what_to_do(served: Callable[[str], str], tmp_path: Path) -> None:
    address = served(f"sqlite:///{tmp_path}/none.sqlite")
    status, _, body = get(f"{address}/healthz")
    assert status == 503
    assert "tracker up" in json.loads(body)["message"]
    assert get(f"{address}/")[0] == 200
