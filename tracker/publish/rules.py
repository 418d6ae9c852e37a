"""What do readers want to be told, where and when? Read from a TOML file, strictly: what is wrong says where."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from tracker.domain.reconcile import Verdict
from tracker.domain.spelled import Language
from tracker.domain.votes import Position, Status
from tracker.queries.filters import Stand
from tracker.queries.ranks import DEFAULT, RULES
from tracker.storage.deliveries import Address

HEAD = re.compile(r"^\s*\[\[\s*rule\s*\]\]", re.MULTILINE)
ENV = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)\Z")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+\Z")
OF_VOTES = (
    "tell", "legislature", "text", "exact", "vote", "bill", "member", "position", "rebel", "group", "stand", "margin",
    "turned", "ahead", "kind", "result", "status", "verdict", "broke_ranks", "ranks_rule",
)  # fmt: skip
"""What a rule about sources has no use for."""


class RulesError(ValueError):
    """The file of rules cannot be used; the message says where and why, without any address."""


def _many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _no_less(value: Any) -> Any:
    """Take whole numbers only: `true` would count as 1."""
    if isinstance(value, bool):
        raise ValueError("a whole number is expected")
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_many)]
Count = Annotated[int, BeforeValidator(_no_less), Field(ge=0)]


class Rule(BaseModel):
    """One wish: what it asks of a vote or a source must all be met. docs/alerts.md explains every key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")
    to: Words = Field(min_length=1)
    language: Language | None = None
    digest: str | None = Field(None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    zone: str | None = None

    tell: Annotated[tuple[Literal["new", "changed", "gone"], ...], BeforeValidator(_many)] = ("new", "changed", "gone")
    legislature: Words = ()
    text: str = ""
    exact: bool = False
    vote: str = ""
    bill: str = ""
    member: str = ""
    position: Annotated[tuple[Position, ...], BeforeValidator(_many)] = ()
    rebel: bool = False
    group: str | None = None
    stand: Stand | None = None
    margin: Count | None = None
    turned: bool = False
    ahead: Literal["yes", "no", "tie"] | None = None
    kind: str | None = None
    result: str | None = None
    status: Status | None = None
    verdict: Verdict | None = None
    broke_ranks: Count | None = None
    ranks_rule: str = DEFAULT

    trouble: Annotated[tuple[Literal["silent", "failing"], ...], BeforeValidator(_many)] = ()
    source: Words = ()

    @field_validator("to")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for n, one in enumerate(value, 1):
            if not ENV.match(one) and not ADDRESS.match(one):
                raise ValueError(f"address {n} is neither env:NAME nor an address such as mailto://… or slack://…")
        if len(set(value)) < len(value):
            raise ValueError("the same address stands there twice")
        return value

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        try:
            return value and ZoneInfo(value).key
        except (OSError, ValueError, KeyError) as error:
            raise ValueError(f"there is no time zone {value!r}; write it as America/Lima") from error

    @field_validator("ranks_rule")
    @classmethod
    def _known_rule(cls, value: str) -> str:
        if value not in RULES:
            raise ValueError(f"there is no rule {value!r}; known: {', '.join(RULES)}")
        return value

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        given = self.model_fields_set
        if self.digest and not self.zone:
            raise ValueError("digest needs a zone: whose clock is it?")
        if self.zone and not self.digest:
            raise ValueError("zone is of use with digest only")
        if self.trouble and (odd := sorted(given & set(OF_VOTES))):
            raise ValueError(
                f"a rule about trouble asks nothing of votes: take {', '.join(odd)} out, or make two rules"
            )
        for name, need in (("source", "trouble"), ("position", "member"), ("rebel", "member"), ("stand", "group"),
                           ("ranks_rule", "broke_ranks"), ("exact", "text")):  # fmt: skip
            if name in given and need not in given:
                raise ValueError(f"{name} is of use with {need} only")
        return self

    def addresses(self) -> dict[str, str]:
        """Return each target's digest with its address as the file has it."""
        return {digest(one): one for one in self.to}

    def due(self, now: datetime) -> tuple[str, datetime] | None:
        """Return the name and the moment of the next digest after now; None: each thing goes by itself.

        An hour that comes twice in autumn is meant once, one that spring leaves out comes by the clock before it.
        """
        if self.digest is None or self.zone is None:
            return None
        zone = ZoneInfo(self.zone)
        day = now.astimezone(zone).date()
        return next(
            (f"{on.isoformat()} {self.digest}", at)
            for on in (day, day + timedelta(days=1), day + timedelta(days=2))
            if (at := _at(on, self.digest, zone)) > now
        )


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def digest(address: str) -> str:
    """Tell an address from others without saying it."""
    return hashlib.blake2b(address.encode(), digest_size=6).hexdigest()


def label(address: str) -> str:
    """Return what may be shown of an address: the name of a variable, or the kind of service."""
    return address if ENV.match(address) else f"{address.partition('://')[0]}://…"


def known_as(address: str) -> Address:
    """Return an address as deliveries know it."""
    return Address(digest(address), label(address))


def resolved(address: str) -> str:
    """Return the address in full. RulesError if its variable is not set."""
    found = ENV.match(address)
    if found is None:
        return address
    value = os.environ.get(found[1], "").strip()
    if not ADDRESS.match(value):
        state = "is not set" if not value else "holds no address"
        raise RulesError(f"{address}: the environment variable {found[1]} {state}")
    return value


def load(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a file, in its order; none if there is no file. RulesError says where it is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: cannot be read: {error}") from error
    return parse(text, str(path))


def parse(text: str, where: str) -> tuple[Rule, ...]:
    """Return the rules of a text; `where` names it in errors."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{where}: {error}") from error
    if odd := sorted(found.keys() - {"rule"}):
        raise RulesError(f"{where}: {odd[0]} is no key here; every rule begins with [[rule]]")
    entries = found.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RulesError(f"{where}: every rule begins with [[rule]]")
    lines = [text.count("\n", 0, head.start()) + 1 for head in HEAD.finditer(text)]
    rules: dict[str, Rule] = {}
    for n, entry in enumerate(entries):
        line = f", line {lines[n]}" if len(lines) == len(entries) else ""
        place = f"{where}{line}: rule {n + 1} ({entry.get('name', 'without a name')})"
        rule = _rule(entry, place)
        if rule.name in rules:
            raise RulesError(f"{place}: another rule has this name")
        rules[rule.name] = rule
    return tuple(rules.values())


def _rule(entry: dict[str, Any], place: str) -> Rule:
    try:
        return Rule.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            said = f"no such key; known: {', '.join(Rule.model_fields)}"
        raise RulesError(f"{place}: {name + ': ' if name else ''}{said}") from error


def written(facts: dict[str, Any]) -> str:
    """Write a rule as its file has it."""
    lines = ["[[rule]]", *(f"{name} = {_toml(value)}" for name, value in facts.items() if value not in (None, (), ""))]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    signs = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(signs.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in str(value)) + '"'


def added(text: str, facts: dict[str, Any], where: str) -> str:
    """Return the text of a file with one rule more. RulesError if that makes no good file."""
    more = f"{text.rstrip()}\n\n{written(facts)}" if text.strip() else written(facts)
    parse(more, where)
    return more


def without(text: str, name: str, where: str) -> str:
    """Return the text of a file without a rule, its comments and all else as they were. RulesError if that fails."""
    before = parse(text, where)
    starts = [head.start() for head in HEAD.finditer(text)]
    if name not in {rule.name for rule in before}:
        known = ", ".join(rule.name for rule in before) or "none"
        raise RulesError(f"{where}: there is no rule {name!r}; known: {known}")
    at = [rule.name for rule in before].index(name)
    less = text
    if len(starts) == len(before):
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        less = text[: starts[at]] + _comments(text[starts[at] : end]) + text[end:]
    if parse(less, where) != tuple(rule for rule in before if rule.name != name):
        raise RulesError(f"{where}: rule {name} is written in a way that only a person can take out")
    return less


def _comments(block: str) -> str:
    """Return the comments at the end of a rule's lines: they belong to the rule that follows."""
    kept = re.search(r"(?:^[ \t]*(?:#.*)?\n)*\Z", block, re.MULTILINE)
    return (kept[0] if kept else "").lstrip("\n")
