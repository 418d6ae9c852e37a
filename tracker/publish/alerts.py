"""How do readers come to know? What is ready is held against the rules, and each message goes out once.

`plan` makes deliveries of what has happened, `send` hands over what is due, `rehearse` shows what would have gone out.
"""

from __future__ import annotations

import logging
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event as Flag

from tracker.domain.spelled import Language
from tracker.publish.delivery import BadAddress, deliver
from tracker.publish.meeting import Age, Told, meets, sift
from tracker.publish.messages import Message, Voice, digest, message
from tracker.publish.rules import Rule, RulesError, known_as, resolved
from tracker.queries.alerted import Engine, Event, State, happened, numbered, ready, told_as
from tracker.settings import Settings
from tracker.storage import deliveries
from tracker.storage.deliveries import Parcel, Planned
from tracker.storage.runs import me

log = logging.getLogger(__name__)

MANY = 10
"""From so many messages at once on, a rule's target gets them as one."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
"""Before a message is tried again: twice as long each time, give or take half."""
TRIES = 14
"""After so many, about a day, a message is given up."""


@dataclass(frozen=True, slots=True)
class Post:
    """What alerts stand on: the database to write and to read, the rules, and what their messages have in common.

    `days` is how old news may be. `clock` gives the present moment (aware).
    """

    writer: Engine
    reader: Engine
    rules: tuple[Rule, ...]
    language: Language = "es"
    public_url: str = ""
    days: int = 14
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def of(cls, settings: Settings, writer: Engine, reader: Engine, rules: tuple[Rule, ...]) -> Post:
        """Take from the settings what messages have in common."""
        return cls(writer, reader, rules, settings.language, settings.public_url, settings.alerts_days)

    def voice(self, rule: Rule) -> Voice:
        """Return how a rule's messages are worded."""
        return Voice(rule.name, rule.language or self.language, rule.ranks_rule, self.public_url)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a round: messages handed over, put off and given up."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A message that would have gone out, when and where to."""

    rule: str
    label: str
    at: datetime
    message: Message


def plan(post: Post) -> int:
    """Hold what is ready against the rules, and store what is to be sent. Return how many deliveries that makes."""
    made = 0
    while events := ready(post.reader):
        now = post.clock()
        told, quiet = sift(post.reader, events, Age.of(now, post.days))
        planned = [
            Planned(rule.name, known_as(address), one.event.id, batch, due)
            for rule, address, batch, due, some in _messages(post, told, now)
            for one in some
        ]
        made += deliveries.plan(post.writer, planned, [one.event.id for one in told], quiet, now=now)
    return made


def _messages(
    post: Post, told: Sequence[Told], now: datetime
) -> Iterator[tuple[Rule, str, str, datetime, Sequence[Told]]]:
    """Part what has happened into messages: rule, address, name, when it is due, what it tells.

    An address that several rules give is told of an event at once by the first that asks for it, in each language.
    """
    at_once: set[tuple[str, Language, int]] = set()
    for rule in post.rules:
        met = meets(post.reader, rule, told)
        for address in rule.to:
            mine = {(address, rule.language or post.language, one.event.id): one for one in met}
            left = [one for key, one in mine.items() if rule.digest or key not in at_once]
            at_once |= set() if rule.digest else mine.keys()
            for batch, due, some in _batches(rule, left, now):
                yield rule, address, batch, due, some


def _batches(rule: Rule, told: Sequence[Told], now: datetime) -> Iterator[tuple[str, datetime, Sequence[Told]]]:
    """Part what a rule asks for into messages, each with its name and when it is due."""
    due = rule.due(now)
    if not told:
        return
    if due is not None:
        yield *due, told
    elif len(told) >= MANY:
        yield f"{_day(now)} {told[0].event.id} and more", now, told
    else:
        yield from ((f"{_day(now)} {one.event.id}", now, [one]) for one in told)


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()


def send(post: Post, *, stop: Flag | None = None) -> Sent:
    """Hand over every message that is due, one after the other, until there is none or `stop` is set."""
    holder, rules = me(), {rule.name: rule for rule in post.rules}
    counted = {"sent": 0, "put_off": 0, "given_up": 0}
    while not (stop and stop.is_set()) and (parcel := deliveries.take(post.writer, now=post.clock(), holder=holder)):
        counted[_hand_over(post, parcel, rules.get(parcel.rule), holder)] += 1
    return Sent(**counted)


def _hand_over(post: Post, parcel: Parcel, rule: Rule | None, holder: str) -> str:
    """Send one message that is in hand, and say what came of it."""
    address = rule.addresses().get(parcel.target) if rule else None
    if rule is None or address is None:
        deliveries.give_up(
            post.writer, parcel, holder=holder, error="the rule or its address is not in the file any more"
        )
        return "given_up"
    told = [Told(event, *(told_as(post.reader, event) or ())) for event in numbered(post.reader, parcel.events)]
    worded = _worded(post, rule, told, parcel.batch, repeat=parcel.repeat)
    try:
        outcome = deliver(worded, resolved(address), key=f"{parcel.rule}/{parcel.batch}")
        error, unsure = outcome.error, outcome.unsure
    except (BadAddress, RulesError) as bad:
        error, unsure = str(bad), False
    now = post.clock()
    if not error:
        deliveries.sent(post.writer, parcel, holder=holder, now=now)
        return "sent"
    log.warning("alert %s to %s did not go out (%d): %s", parcel.rule, known_as(address).label, parcel.attempts, error)
    if parcel.attempts >= TRIES:
        deliveries.give_up(post.writer, parcel, holder=holder, error=error)
        return "given_up"
    until = now + back_off(parcel.attempts)
    deliveries.put_off(post.writer, parcel, holder=holder, now=now, until=until, error=error, unsure=unsure)
    return "put_off"


def _worded(post: Post, rule: Rule, told: Sequence[Told], batch: str, *, repeat: bool = False) -> Message:
    if len(told) > 1 or rule.digest:
        return digest(told, post.voice(rule), on=date.fromisoformat(batch.split(" ", maxsplit=1)[0]), repeat=repeat)
    return message(told[0], post.voice(rule), repeat=repeat)


def back_off(attempts: int, chance: Callable[[], float] = random.random) -> timedelta:
    """Return how long to wait after so many attempts."""
    usual = min(FIRST_WAIT * float(1 << min(attempts - 1, 20)), LONGEST_WAIT)
    return usual * (0.5 + chance())


def rehearse(post: Post, days: int) -> list[Rehearsed]:
    """Return what the rules would have sent in the last days, as the record stands now; nothing is sent or stored."""
    runs = _told(post, post.clock() - timedelta(days=days))
    together: dict[tuple[str, str, str, datetime], list[Told]] = defaultdict(list)
    for run in runs:
        for rule, address, batch, due, some in _messages(post, run, run[0].event.at):
            together[rule.name, address, batch, due] += some
    rules = {rule.name: rule for rule in post.rules}
    found = [
        Rehearsed(name, known_as(address).label, due, _worded(post, rules[name], some, batch))
        for (name, address, batch, due), some in together.items()
    ]
    return sorted(found, key=lambda one: one.at)


def _told(post: Post, since: datetime) -> list[Sequence[Told]]:
    """Return what was told or would have been, a run at a time. What was told is told as it was, each by itself."""
    events = happened(post.reader, since)
    runs: dict[object, list[Event]] = defaultdict(list)
    for event in events:
        runs[event.run if event.run is not None else f"event {event.id}"].append(event)
    return [told for of_run in runs.values() if (told := _of_run(post, of_run))]


def _of_run(post: Post, events: Sequence[Event]) -> list[Told]:
    told = [Told(event, *(told_as(post.reader, event) or ())) for event in events if event.state is State.DONE]
    rest = [event for event in events if event.state is not State.DONE]
    if rest:
        told += sift(post.reader, rest, Age.of(rest[0].at, post.days))[0]
    return sorted(told, key=lambda one: one.event.id)
