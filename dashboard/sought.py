"""Which votes does an address of the list ask for? The same words for the page, for feeds and for programs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, cast

from dashboard.words import Words
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.filters import Stand, VoteFilter

PER_PAGE = 25
LONGEST = 200
"""Characters of one thing asked for."""
DOUBTFUL, TURNED, CLOSEST = "doubtful", "turned", "closest"
STATES = (*map(str, Status), DOUBTFUL)
OUTCOMES = ("yes", "no", "tie", TURNED)
STATED = "said:"
"""Stands in an address before a result as the source prints it."""
STANDS: tuple[Stand, ...] = ("yes", "no", "abstain", "split")
KEYS = ("q", "exact", "ch", "since", "until", "state", "out", "margin", "kind", "group", "stand", "sort")
"""What may be asked of the list of votes, its page and the language apart."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f]")


class NoChoice(ValueError):
    """An address asks for what cannot be chosen: under which key, and what it says."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__(f"{key}: {value[:60]!r} is no choice")
        self.key, self.value = key, value


def votes(query: Mapping[str, str]) -> VoteFilter:
    """Return what an address asks for, from the first page on.

    Raise NoChoice for what is none: whoever subscribes to an address must not be sent more than was asked for.
    """
    asked = {key: value for key in KEYS if (value := query.get(key, ""))}
    for key, value in asked.items():
        if len(value) > LONGEST or (key != "q" and _CONTROL.search(value)):
            raise NoChoice(key, value)
    if "stand" in asked and "group" not in asked:
        raise NoChoice("stand", asked["stand"])
    margin = asked.get("margin", "")
    if margin and not _NUMBER.fullmatch(margin):
        raise NoChoice("margin", margin)
    return narrowed(
        VoteFilter(
            text=_CONTROL.sub(" ", asked.get("q", "")),
            exact=_among(asked, "exact", ("true", "false")) == "true",
            legislatures=(asked["ch"],) if "ch" in asked else (),
            since=_day(asked, "since"),
            until=_day(asked, "until"),
            limit=PER_PAGE,
        ),
        state=_among(asked, "state", STATES),
        out=asked["out"] if asked.get("out", "").startswith(STATED) else _among(asked, "out", OUTCOMES),
        margin=int(margin) if margin else None,
        kind=asked.get("kind"),
        group=asked.get("group"),
        stand=_among(asked, "stand", STANDS),
        closest=_among(asked, "sort", (CLOSEST,)) is not None,
    )


def narrowed(
    asked: VoteFilter,
    *,
    state: str | None,
    out: str | None,
    margin: int | None,
    kind: str | None,
    group: str | None,
    stand: str | None,
    closest: bool,
) -> VoteFilter:
    """Return a filter narrowed down by the choices that few readers make; None: no such choice was made."""
    said = out.removeprefix(STATED) if out and out.startswith(STATED) else None
    return replace(
        asked,
        status=Status(state) if state and state != DOUBTFUL else None,
        verdict=Verdict.DOUBTFUL if state == DOUBTFUL else None,
        ahead=cast(Literal["yes", "no", "tie"], out) if out in OUTCOMES[:3] else None,
        turned=out == TURNED,
        result=said,
        margin=margin,
        kind=kind,
        group=group,
        stand=cast(Stand, stand) if stand else None,
        sort="closest" if closest else "newest",
    )


def in_words(wanted: VoteFilter, names: Mapping[str, str], say: Words) -> str:
    """Say what was asked for: `«tropas», Congreso del Perú, desde el 1 de mayo de 2023`; `names` is by slug."""
    parts = [say("filters.quoted", text=wanted.text)] if wanted.text.strip() else []
    parts += [say("filters.exactly")] if parts and wanted.exact else []
    parts += [names.get(slug, slug) for slug in wanted.legislatures]
    parts += [say("filters.from", day=say.day(wanted.since))] if wanted.since else []
    parts += [say("filters.to", day=say.day(wanted.until))] if wanted.until else []
    state = DOUBTFUL if wanted.verdict is Verdict.DOUBTFUL else wanted.status
    parts += [say(f"filters.states.{state}")] if state else []
    out = TURNED if wanted.turned else wanted.ahead
    parts += [say(f"filters.outs.{out}")] if out else []
    parts += [say("filters.stated", result=wanted.result)] if wanted.result else []
    parts += [say("filters.apart", n=wanted.margin)] if wanted.margin is not None else []
    parts += [kind(wanted.kind)] if wanted.kind else []
    if wanted.group:
        parts.append(f"{wanted.group}: {say(f'filters.stands.{wanted.stand}')}" if wanted.stand else wanted.group)
    return ", ".join(parts)


def kind(name: str) -> str:
    """Write a kind of motion with a capital."""
    return name[:1].upper() + name[1:]


def _among(asked: Mapping[str, str], key: str, options: Sequence[str]) -> str | None:
    value = asked.get(key)
    if value is not None and value not in options:
        raise NoChoice(key, value)
    return value


def _day(asked: Mapping[str, str], key: str) -> date | None:
    value = asked.get(key)
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise NoChoice(key, value)
