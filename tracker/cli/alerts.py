"""Who is told what? The rules of alerts, what they would have sent, what was sent, and sending itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, database, record, settings
from tracker.cli.screen import say, warn, write_json

if TYPE_CHECKING:
    from tracker.publish.alerts import Post, Rehearsed
    from tracker.publish.rules import Rule
    from tracker.queries.alerted import DeliveryView
    from tracker.settings import Settings
    from tracker.storage.engine import Engine

group = typer.Typer(help="Who is told what: rules, what they would have sent, what was sent.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the rule.")]
PLAIN = ("exact", "turned", "rebel", "margin", "broke_ranks")
"""Keys whose value is a number or true and false."""
SEVERAL = ("to", "legislature", "position", "tell", "trouble", "source")
"""Keys that may be given more than once."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(group, name="alerts")


@group.command("list", epilog=EPILOG)
def list_(as_json: AsJson = False) -> None:
    """List the rules: what each asks for, where to and when. Addresses are not shown."""
    chosen = settings()
    found = _rules(chosen)
    if as_json:
        write_json([_shape(rule) for rule in found])
        return
    for rule in found:
        shape = _shape(rule)
        say(rule.name, "bold")
        asked = {key: value for key, value in shape.items() if key not in ("name", "to", "digest", "zone", "language")}
        say(f"  {', '.join(f'{key}: {_words(value)}' for key, value in asked.items()) or 'every vote'}")
        when = f"every day at {rule.digest} ({rule.zone})" if rule.digest else "at once"
        say(f"  to {', '.join(shape['to'])}, {when}", "dim")
    if not found:
        say(f"there are no rules in {chosen.rules}; `tracker alerts add` makes one")


@group.command(epilog=EPILOG)
def check(
    hello: Annotated[bool, typer.Option("--hello", help="Send every address a line, to see that it arrives.")] = False,
) -> None:
    """Say whether the rules can be used: the file, the addresses, and the names in them."""
    from tracker.publish.delivery import BadAddress, service
    from tracker.publish.rules import RulesError, resolved

    chosen = settings()
    found, bad = _rules(chosen), 0
    for rule in found:
        for address in rule.to:
            try:
                service(resolved(address))
            except (BadAddress, RulesError) as error:
                warn(f"{rule.name}: {error}", "red")
                bad += 1
    with record(chosen) as engine:
        for rule in found:
            for doubt in _doubts(engine, rule):
                warn(f"{rule.name}: {doubt}", "yellow")
    say(f"{len(found)} rules in {chosen.rules}")
    bad += _greet(found) if hello and not bad else 0
    if bad:
        raise Refusal(f"{bad} addresses cannot be used", next_step="docs/alerts.md shows addresses.")


@group.command("try", epilog=EPILOG)
def try_(
    days: Annotated[int, typer.Option("--days", min=1, max=36600, help="How many days back.")] = 7,
    only: Annotated[str, typer.Option("--rule", metavar="NAME", help="Only of this rule.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what the rules would have sent in the last days. Nothing is sent or stored."""
    from tracker.publish.alerts import Post, rehearse

    chosen = settings()
    wanted = [rule for rule in _rules(chosen) if only in ("", rule.name)]
    if only and not wanted:
        raise Refusal(f"there is no rule {only!r}", next_step="`tracker alerts list` lists rules.", code=Exit.UNKNOWN)
    with record(chosen) as engine:
        found = rehearse(Post.of(chosen, engine, engine, tuple(wanted)), days)
    if as_json:
        write_json([_rehearsed(one) for one in found])
        return
    for one in found:
        say(f"{one.at:%d %b %Y %H:%M} UTC  {one.rule} → {one.label}", "cyan")
        say(f"  {one.message.title}", "bold")
        for line in one.message.body().splitlines():
            say(f"  {line}")
        say("")
    say(f"{len(found)} messages in the last {days} days; none was sent")


@group.command(epilog=EPILOG)
def add(
    name: Name,
    to: Annotated[
        list[str], typer.Option("--to", metavar="ADDRESS", help="Where to: env:NAME, or an address of Apprise.")
    ],
    asks: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help="What is asked, as in the file: text=tropas.")
    ] = None,
) -> None:
    """Add a rule to the file, after trying whether it can be read."""
    from tracker.publish.rules import added

    facts: dict[str, Any] = {"name": name, "to": list(to)}
    for one in asks or ():
        key, equals, value = one.partition("=")
        if not equals:
            raise typer.BadParameter(f"{one!r} is not written as KEY=VALUE, for example text=tropas")
        if key in SEVERAL:
            facts.setdefault(key, []).append(value)
        else:
            facts[key] = _plain(value) if key in PLAIN else value
    chosen = settings()
    _rewrite(chosen, lambda text: added(text, facts, str(chosen.rules)))
    say(f"{name} is in {chosen.rules}; `tracker alerts try` shows what it would have sent")


@group.command(epilog=EPILOG)
def remove(name: Name) -> None:
    """Take a rule out of the file. What waits to be sent by it is given up."""
    from tracker.publish.rules import without

    chosen = settings()
    _rewrite(chosen, lambda text: without(text, name, str(chosen.rules)))
    say(f"{name} is no longer in {chosen.rules}")


@group.command(epilog=EPILOG)
def send() -> None:
    """Send what is due, once. `tracker up` does so by itself, every minute and after each run.

    Exit code 1 if a message did not go out.
    """
    from tracker.publish.alerts import plan
    from tracker.publish.alerts import send as hand_over
    from tracker.schedule.stop import stopping

    chosen = settings()
    rules = _rules(chosen)
    with stopping() as stop, _post(chosen, rules) as post:
        if rules:
            plan(post)
        done = hand_over(post, stop=stop)
    say(f"{done.sent} sent, {done.put_off} put off, {done.given_up} given up")
    if done.put_off or done.given_up:
        raise Refusal("not every message went out", next_step="`tracker alerts log` says why.")


@group.command(epilog=EPILOG)
def log(
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 25,
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="Only those waiting, sending, sent or failed.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List what was sent, waits or was given up, newest first."""
    from tracker.queries.alerted import Stage, deliveries

    if state and state not in set(Stage):
        raise typer.BadParameter(f"{state!r} is no state; use {', '.join(Stage)}")
    with record(settings()) as engine:
        found = deliveries(engine, limit=limit, state=Stage(state) if state else None)
    if as_json:
        write_json([_delivery(one) for one in found])
        return
    for one in found:
        when = one.sent_at or one.next_at
        say(f"{when:%d %b %Y %H:%M} UTC  {one.state}  {one.rule} → {one.label}  {one.kind} {one.about}")
        if one.error:
            say(f"  attempt {one.attempts}: {one.error}", "yellow")
    if not found:
        say("nothing was sent, and nothing waits")


def _rules(chosen: Settings) -> tuple[Rule, ...]:
    from tracker.publish.rules import RulesError, load

    try:
        return load(chosen.rules)
    except RulesError as error:
        raise Refusal(str(error), next_step="docs/alerts.md explains every key.", code=Exit.WRONG_USE) from error


def _rewrite(chosen: Settings, anew: Any) -> None:
    """Write the file of rules anew, whole or not at all."""
    from tracker.publish.rules import RulesError

    path = chosen.rules
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        text = anew(text)
    except RulesError as error:
        raise Refusal(str(error), next_step="docs/alerts.md explains every key.", code=Exit.WRONG_USE) from error
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    beside.touch(mode=path.stat().st_mode & 0o777 if path.exists() else 0o600)
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@contextmanager
def _post(chosen: Settings, rules: tuple[Rule, ...]) -> Iterator[Post]:
    from tracker.publish.alerts import Post

    with database(chosen) as writer, record(chosen) as reader:
        yield Post.of(chosen, writer, reader, rules)


def _greet(rules: Sequence[Rule]) -> int:
    """Send a line to every address, each once. Return how many did not take it."""
    from tracker.publish.delivery import deliver
    from tracker.publish.messages import Message, word
    from tracker.publish.rules import label, resolved

    bad = 0
    for address, language in {address: rule.language for rule in reversed(rules) for address in rule.to}.items():
        said = Message("Escrutinio", (word(language or settings().language, "hello"),), "")
        outcome = deliver(said, resolved(address), key="hello")
        say(f"{label(address)}: {'arrived' if outcome.taken else outcome.error}")
        bad += not outcome.taken
    return bad


def _doubts(engine: Engine, rule: Rule) -> Iterator[str]:
    """Say which names of a rule are not on record: they may be misspelt, or still to come."""
    from tracker.publish.meeting import asks
    from tracker.queries.alerted import unknown
    from tracker.queries.bills import find
    from tracker.queries.votes import UnknownLegislature, listing

    try:
        page = listing(engine, asks(rule))
    except UnknownLegislature as error:
        yield str(error)
        return
    if rule.text and not page.total:
        yield "no vote on record meets it so far"
    if rule.bill and not find(engine, rule.bill):
        yield f"no bill {rule.bill} is on record"
    yield from unknown(engine, vote=rule.vote, member=rule.member, group=rule.group or "", sources=rule.source)


def _plain(value: str) -> Any:
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _shape(rule: Rule) -> dict[str, Any]:
    from tracker.publish.rules import label

    return rule.model_dump(mode="json", exclude_unset=True) | {"to": [label(address) for address in rule.to]}


def _rehearsed(one: Rehearsed) -> dict[str, Any]:
    facts = {"rule": one.rule, "to": one.label, "at": one.at.isoformat()}
    return facts | {"title": one.message.title, "body": one.message.body()}


def _delivery(one: DeliveryView) -> dict[str, Any]:
    moments = {
        name: moment.isoformat() if (moment := getattr(one, name)) else None
        for name in ("made_at", "next_at", "sent_at")
    }
    return {
        "rule": one.rule, "to": one.label, "kind": str(one.kind), "about": one.about, "batch": one.batch,
        "state": str(one.state), "attempts": one.attempts, "repeat": one.repeat, "error": one.error, **moments,
    }  # fmt: skip
