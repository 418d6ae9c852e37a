"""May a proxy keep what it should keep, for as long as it should, and nothing else?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
import seed

from dashboard.routes import lasting
from dashboard.routes.asked import Asked
from dashboard.routes.lasting import WITHIN, Lasts
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries import votes
from tracker.queries.database import connect

Ask = Callable[..., Any]
PAGE = f"/v/{seed.CORRECTED}"
OLD = "public, max-age=450, s-maxage=900, stale-while-revalidate=450, stale-if-error=86400"
IMMUTABLE = "public, max-age=604800, immutable"


@pytest.mark.parametrize("lasts", WITHIN)
def test_what_browser_and_proxy_keep_together_is_no_older_than_promised(lasts: Lasts) -> None:
    parts = dict(re.findall(r"([a-z-]+)=(\d+)", lasts.rule))
    assert int(parts["max-age"]) + int(parts["s-maxage"]) + int(parts["stale-while-revalidate"]) == WITHIN[lasts]


def test_the_more_settled_a_record_the_longer_it_is_kept(database: str) -> None:
    view = votes.one(connect(database), seed.CORRECTED)
    before = votes.one(connect(database), seed.CORRECTED, 1)
    assert view is not None
    assert before is not None
    now = Asked(seed.CORRECTED, None, False, "en", "http://example.org/", "")
    assert lasting.of(view, now) is Lasts.OLD
    assert lasting.of(replace(view, status=Status.PROVISIONAL), now) is Lasts.YOUNG
    assert lasting.of(replace(view, verdict=Verdict.DOUBTFUL), now) is Lasts.YOUNG

    def moved(days: int) -> Lasts:
        since = datetime.now(UTC) - timedelta(days=days)
        versions = (*view.versions[:-1], replace(view.versions[-1], since=since))
        return lasting.of(replace(view, versions=versions), now)

    assert [moved(days) for days in (0, 6, 8, 89, 91)] == [
        Lasts.YOUNG, Lasts.YOUNG, Lasts.SETTLED, Lasts.SETTLED, Lasts.OLD,
    ]  # fmt: skip
    first = replace(now, version=1)
    assert lasting.of(before, first) is Lasts.EARLIER
    assert lasting.of(view, replace(now, version=view.version)) is Lasts.OLD, "what stands now may be overtaken"
    never = replace(before, versions=(replace(before.versions[0], since=None), *before.versions[1:]))
    assert lasting.of(never, first) is Lasts.OLD, "what never was in force may come to be"


@pytest.mark.parametrize("end", ["", ".json", "/card.svg", "/chart/groups.svg"])
def test_answers_about_a_vote_may_be_kept_and_errors_may_not(ask: Ask, end: str) -> None:
    answer = ask(PAGE + end)
    assert answer.status == 200
    assert answer.headers["cache-control"] == OLD
    assert "set-cookie" not in answer.headers
    assert answer.headers.get("vary") == "Accept-Encoding"
    again = ask(PAGE + end, If_None_Match=answer.headers["etag"])
    assert (again.status, again.raw) == (304, b"")
    assert (again.headers["etag"], again.headers["cache-control"]) == (answer.headers["etag"], OLD)
    assert ask(f"{PAGE}{end}?version=1").headers["cache-control"] == IMMUTABLE
    for wrong in (f"/v/none{end}", f"{PAGE}{end}?version=99", f"{PAGE}{end}?as_of=never"):
        gone = ask(wrong)
        assert gone.status in {400, 404}
        assert gone.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("utm_source=x&fbclid=abc", ""),
        ("lang=en&utm_source=x", "?lang=en"),
        ("lang=xx", ""),
        ("version=01", "?version=1"),
        ("version=two&own=2&theme=neon&bom=1", ""),
        ("as_of=2023-07-20T10:00:00%2B05:00&x=", "?as_of=2023-07-20T10:00:00%2B05:00"),
        ("lang=en&lang=es", "?lang=es"),
        ("lang=en&own=", "?lang=en"),
    ],
)
def test_what_changes_nothing_of_an_answer_makes_no_address_of_its_own(ask: Ask, asked: str, kept: str) -> None:
    for path in (PAGE, f"{PAGE}.json", f"/embed/{seed.CORRECTED}", f"{PAGE}/card.svg", f"{PAGE}.csv"):
        answer = ask(f"{path}?{asked}")
        assert (answer.status, answer.headers["cache-control"]) == (308, "no-store")
        way = urljoin(path, answer.headers["location"])
        assert way == f"{path}{kept}"
        assert ask(way).status in {200, 404}, "no second turn"


@pytest.mark.parametrize(
    "asked", ["lang=en", "version=2&lang=en", "own=1", "as_of=2023-07-20", "lang=en&as_of=2023-07-20"]
)
def test_what_links_of_ours_ask_for_is_answered_at_once(ask: Ask, asked: str) -> None:
    assert ask(f"{PAGE}?{asked}").status == 200
