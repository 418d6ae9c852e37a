"""What does the interface for programs answer at which address? Read only, JSON, described by OpenAPI."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import sought
from dashboard.api import asked, claims, cursors, lists, people, records
from dashboard.api.around import Around
from dashboard.api.description import ABOUT, MOUNTED, describe, page
from dashboard.api.problems import HANDLERS, Refused
from dashboard.api.vote import Vote
from dashboard.routes import check, health
from dashboard.routes.asked import site
from dashboard.routes.record import engine, kept, tag, unchanged
from tracker.claims.read import Unreadable
from tracker.domain.changes import Cause
from tracker.queries import changes, directory, members, paging, votes
from tracker.queries import health as sources_health
from tracker.queries.changes import ChangeSet
from tracker.queries.database import data_version
from tracker.queries.shape import as_json, moment, row_as_json
from tracker.queries.view import VoteView
from tracker.queries.votes import NotThen

app = FastAPI(
    **ABOUT,
    exception_handlers=HANDLERS,  # type: ignore[arg-type]
    generate_unique_id_function=lambda route: route.name,
)
app.add_middleware(Around, routes=app)


def home(request: Request) -> Request:
    """Return a request as the application around this one sees it, which knows where the front page is."""
    root = request.scope.get("root_path", "").removesuffix(MOUNTED)
    return Request({**request.scope, "root_path": root})


def answer(request: Request, make: Callable[[], Mapping[str, Any]]) -> Response:
    """Answer with what is made, or that whoever asks holds it; with the way on, if it says where it goes on."""
    now = tag(request, data_version(engine()))
    if (held := unchanged(request, now)) is not None:
        return held
    told = make()
    headers = kept(now)
    if told.get("next"):
        query, front = urlencode(dict(request.query_params) | {"cursor": told["next"]}), home(request)
        path = request.scope["path"].removeprefix(front.scope["root_path"]).lstrip("/")
        headers["Link"] = f'<{site(front)}{path}?{query}>; rel="next"'
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json", headers=headers)


@app.get("/votes", response_model=lists.VotePage, tags=["votes"])
def list_votes(request: Request, wanted: Annotated[asked.Votes, Query()]) -> Response:
    """List votes, narrowed down like the list on the pages.

    In order of date or of margin: how near a vote is to the words of `q` does not matter here.
    """
    found = replace(sought.votes(wanted.query()), limit=wanted.limit, sort=wanted.sort)
    after = cursors.place(wanted.cursor, wanted.sort) if wanted.cursor else None

    def made() -> dict[str, Any]:
        rows, total, last, more = paging.stretch(engine(), found, after)
        following = cursors.of_place(last, wanted.sort) if last else None
        return {"votes": [row_as_json(row) for row in rows], "total": total, "more": more, "next": following}

    return answer(request, made)


@app.get("/votes/{id}", response_model=Vote, tags=["votes"])
def get_vote(request: Request, id: asked.VoteId, wanted: Annotated[asked.OneVote, Query()]) -> Response:
    """Get one vote, whole: its counts side by side, spoken votes, ballots, groups, checks, documents and readings."""
    return answer(request, lambda: as_json(_vote(id, wanted)))


@app.get("/votes/{id}/changes", response_model=lists.VoteChanges, tags=["votes", "changes"])
def list_changes_of_vote(request: Request, id: asked.VoteId, wanted: Annotated[asked.ItsChanges, Query()]) -> Response:
    """List the readings of a vote, the newest first, with what each moved and why."""

    def made() -> dict[str, Any]:
        view = _vote(id, asked.OneVote(own=wanted.own))
        told = as_json(view, ballots=False)
        return {
            "vote": view.id,
            "legislature": view.chamber.slug,
            "subject": view.subject,
            "version": view.version,
            "versions": told["versions"][::-1],
        }

    return answer(request, made)


@app.get("/changes", response_model=lists.ChangePage, tags=["changes"])
def list_changes(request: Request, wanted: Annotated[asked.Changes, Query()]) -> Response:
    """List what moved in the records, the newest first, with its cause."""
    before = cursors.unwrap(wanted.cursor, "changes", int)[0] if wanted.cursor else None

    def made() -> dict[str, Any]:
        cause = Cause(wanted.cause) if wanted.cause else None
        found = changes.listing(
            engine(), cause=cause, legislature=_chamber(wanted.ch), limit=wanted.limit + 1, before=before
        )
        shown = found.sets[: wanted.limit]
        following = cursors.wrap("changes", shown[-1].key) if len(found.sets) > wanted.limit else None
        return {"changes": [_change(one) for one in shown], "total": found.total, "next": following}

    return answer(request, made)


@app.get("/members", response_model=people.MemberPage, tags=["members"])
def list_members(request: Request, wanted: Annotated[asked.Members, Query()]) -> Response:
    """List members, in order of chamber and id."""
    place = cursors.unwrap(wanted.cursor, "members", str, str) if wanted.cursor else None

    def made() -> dict[str, Any]:
        after = (place[0], place[1]) if place else None
        found = directory.members(
            engine(), legislature=_chamber(wanted.ch), text=wanted.q, after=after, limit=wanted.limit
        )
        told = [
            {
                "id": one.id,
                "legislature": one.legislature,
                "name": one.name,
                "seats": [records.seat(seat) for seat in one.seats],
            }
            for one in found.members
        ]
        last = found.members[-1] if found.more else None
        following = cursors.wrap("members", last.legislature, last.id) if last else None
        return {"members": told, "total": found.total, "next": following}

    return answer(request, made)


@app.get("/members/{legislature}/{id}", response_model=people.MemberRecord, tags=["members"])
def get_member(
    request: Request,
    legislature: asked.OfLegislature,
    id: asked.MemberId,
    wanted: Annotated[asked.Record, Query()],
) -> Response:
    """Get a member, and every vote of the member in one year, with what most of the group did."""

    def made() -> dict[str, Any]:
        view = members.one(engine(), id, legislature)
        if view is None:
            raise Refused(404, f"no member of {legislature} has the id {id}")
        year = wanted.year or (view.years[0] if view.years else None)
        return records.member(view, year, wanted.rule)

    return answer(request, made)


@app.get("/groups", response_model=people.Groups, tags=["members"])
def list_groups(request: Request, wanted: Annotated[asked.Groups, Query()]) -> Response:
    """List groups; with a year, how many sat with each and how united it was."""
    return answer(
        request, lambda: {"groups": records.groups(directory.groups(engine(), _chamber(wanted.ch)), wanted.year)}
    )


@app.get("/legislatures", response_model=lists.Legislatures, tags=["record"])
def list_legislatures(request: Request, _wanted: Annotated[asked.Nothing, Query()]) -> Response:
    """List the chambers, with what is held of each."""

    def made() -> dict[str, Any]:
        held = {one.legislature: one for one in sources_health.coverage(engine())}
        papers = sources_health.sources(engine())
        names = ("slug", "title", "short", "country", "language", "zone", "seats", "abstention", "spoken_counts")
        return {
            "legislatures": [
                {name: getattr(one, name) for name in names}
                | {
                    "sources": [paper.slug for paper in papers if paper.coverage.legislature == one.slug],
                    "first": _day(held[one.slug].first),
                    "last": _day(held[one.slug].last),
                    "votes": held[one.slug].votes,
                }
                for one in votes.legislatures(engine())
            ]
        }

    return answer(request, made)


@app.get("/health", response_model=lists.Health, tags=["record"])
def get_health(_request: Request, _wanted: Annotated[asked.Nothing, Query()]) -> Response:
    """Get how fresh the record is. Status 200 also where a source is stale; monitors ask `/healthz`."""
    body = json.dumps(health.state(), ensure_ascii=False)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


@app.post("/claims", response_model=claims.Checked, tags=["claims"], openapi_extra={"requestBody": claims.BODY})
async def check_claims(request: Request, _wanted: Annotated[asked.Nothing, Query()]) -> Response:
    """Hold the claims of a text against the record. Nothing is stored."""
    reader = claims.READERS.get(check.media_type(request))
    if reader is None:
        raise Refused(415, f"send {' or '.join(claims.READERS)}")
    try:
        sent = claims.read(await check.body(request, claims.LARGEST), reader)
        return await run_in_threadpool(check.checked, sent.text, sent.date)
    except check.Refused as error:
        raise Refused(error.status, str(error)) from error
    except Unreadable as error:
        raise Refused(422, str(error)) from error


@app.get("/", include_in_schema=False)
def describe_page(request: Request) -> Response:
    """Describe the interface to a person."""
    return page(home(request), app.openapi())


def _vote(id: str, wanted: asked.OneVote) -> VoteView:
    try:
        view = votes.one(engine(), id, wanted.version, own=wanted.own == "1", as_of=wanted.as_of)
    except NotThen as error:
        told = f"not held before {moment(error.first)}" if error.first else "that moment is still to come"
        raise Refused(404, f"{error.slug}: {told}", "not-then") from error
    if view is None:
        reading = f" with a reading {wanted.version}" if wanted.version else ""
        raise Refused(404, f"there is no vote {id}{reading}")
    return view


def _chamber(slug: str | None) -> str | None:
    known = [one.slug for one in votes.legislatures(engine())] if slug else []
    if slug and slug not in known:
        raise Refused(404, f"no legislature is called {slug!r}; known: {', '.join(sorted(known))}")
    return slug


def _change(one: ChangeSet) -> dict[str, Any]:
    return {
        "vote": one.vote,
        "legislature": one.legislature,
        "subject": one.subject,
        "version": one.version,
        "cause": str(one.cause),
        "at": moment(one.at),
        "url": one.url,
        "page": one.page,
        "changes": [{"field": c.field, "who": c.who, "was": c.was, "now": c.now} for c in one.changes],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


describe(app)
