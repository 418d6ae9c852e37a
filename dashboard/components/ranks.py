"""Who voted differently from most of their group, by which rule, and what do the other published rules say?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dashboard import links
from dashboard.components.escape import Html, el, join
from dashboard.components.tally import figure, position_words
from dashboard.words import Words
from tracker.domain.votes import Position
from tracker.queries.casing import name
from tracker.queries.ranks import DEFAULT, RULES, Choice, Dissent, GroupLine, Moved, Ranks, Rebel, ranks
from tracker.queries.view import VoteView

ORDER = tuple(Position)


def whole(view: VoteView, say: Words, lang: str | None) -> Html | None:
    """Return who broke ranks by the rule in use, the rule, and the way to the others; None where nobody is named."""
    if not asked(view):
        return None
    title, found = el("h2", say("ranks.title"), id="ranks"), ranks(view)
    if not drawn(found):
        return join([title, el("p", say("groups.none_printed"), class_="esc-note")])
    version, own = None if view.in_force else view.version, "1" if view.leads_to else None
    ways = {key: links.to("vote", lang, id=view.id, version=version, own=own, rule=key) for key in found.by_rule}
    others = [
        join([el("a", say(f"rule.{key}.name"), href=ways[key]), f": {counted(one, say)}"])
        for key, one in found.by_rule.items()
        if key != DEFAULT
    ]
    return join([
        title,
        block(view, found, DEFAULT, say, lang),
        el("p", rule(DEFAULT, say), class_="esc-hint"),
        spread(found, say),
        el("p", say("ranks.others"), " ", join(others, "; "), ".", class_="esc-hint"),
    ])  # fmt: skip


def folded(view: VoteView, say: Words, lang: str | None, *, unfolded: bool) -> Html | None:
    """Return who broke ranks by the rule in use, to be unfolded; None where no line can be drawn."""
    found = ranks(view) if asked(view) else None
    if found is None or not drawn(found):
        return None
    return el(
        "details",
        el("summary", f"{say('ranks.title')}: {counted(found.by_rule[DEFAULT], say)}"),
        block(view, found, DEFAULT, say, lang),
        el("p", rule(DEFAULT, say), class_="esc-hint"),
        open="" if unfolded else None,
        class_="esc-apart",
    )


def kept(key: str) -> str | None:
    """Return what an address carries of a rule; None of the one in use."""
    return None if key == DEFAULT else key


def rule(key: str, say: Words) -> Html:
    """Return a rule in words, and whose it is."""
    return join([el("strong", say(f"rule.{key}.name")), ". ", say(f"rule.{key}.is"), " ",
                 el("span", say("ranks.source", source=RULES[key].source), class_="esc-source")])  # fmt: skip


def counted(one: Dissent | None, say: Words) -> str:
    """Say how many a rule names, or that it cannot be applied."""
    return say("ranks.cannot") if one is None else say.count("ranks.names", len(one.rebels))


def spread(found: Ranks, say: Words) -> Html | None:
    """Say how far the rules differ: the list is a matter of the rule."""
    counts = [len(one.rebels) for one in found.by_rule.values() if one is not None]
    if len(set(counts)) < 2:
        return None
    return el("p", say("ranks.spread", n=len(counts), least=min(counts), most=max(counts)), class_="esc-hint")


def asked(view: VoteView) -> bool:
    """Whether anybody can have broken ranks: names are held, and the roll was not merely called."""
    return bool(view.ballots) and not (view.tallies.best and view.tallies.best.called)


def drawn(found: Ranks) -> bool:
    """Whether any rule can draw a line: some group is printed beside the names."""
    return any(one.groups for one in found.by_rule.values() if one)


def block(view: VoteView, found: Ranks, key: str, say: Words, lang: str | None) -> Html:
    """Return what a rule says of a vote: the rebels by group, the groups that split, those without a line."""
    one = found.by_rule[key]
    if one is None:
        return el("p", say("ranks.cannot_is"), class_="esc-note")
    told = say.count("ranks.broke", len(one.rebels)) if one.rebels else say("ranks.none")
    lead = el("p", told, class_="esc-finding")
    words, names = _Words(view, say, lang), [group for group in one.groups if group.apart and not group.split]
    rebels = el("ul", [words.rebels(group) for group in names], class_="esc-ranks") if names else None
    split = el("ul", [words.split(group) for group in one.split], class_="esc-ranks") if one.split else None
    without = [words.without(group) for group in one.groups if group.line is None]
    hint = el("p", say("ranks.no_line"), " ", join(without, "; "), ".", class_="esc-hint") if without else None
    return join([lead, rebels, split, hint, *_by_voice(found, key, say)])


def _by_voice(found: Ranks, key: str, say: Words) -> Iterator[Html]:
    """Say on which count the list rests, and whom the votes aloud put on it or took off it."""
    if not found.final:
        yield el("p", say("ranks.board"), class_="esc-warning")
    change: Moved = found.moved[key]
    for which, some in (("appear", change.appear), ("vanish", change.vanish)):
        if some:
            yield el("p", say(f"ranks.{which}", names=_listed(some)), class_="esc-hint")


def _listed(rebels: Iterable[Rebel]) -> str:
    return "; ".join(name(rebel.part.name) for rebel in rebels)


class _Words:
    """How the groups and members of one vote are written."""

    def __init__(self, view: VoteView, say: Words, lang: str | None) -> None:
        self.view, self.say, self.lang = view, say, lang
        self.positions = position_words(view, say)
        self.groups = {group.code: group.name or group.code or "" for group in view.groups}
        self.known = {b.member for b in view.ballots} | {s.member for s in view.spoken}

    def rebels(self, group: GroupLine) -> Html:
        """Return the rebels of a group, by what they did."""
        return el("li", self._head(group), self._names(group.apart))

    def split(self, group: GroupLine) -> Html:
        """Return a group that split, with those on the smaller side."""
        told = self.say("ranks.split_is")
        return el("li", self._head(group, told), self._names(group.apart))

    def without(self, group: GroupLine) -> Html:
        """Return a group without a line, and why it has none."""
        why = self.say(f"ranks.why.{group.why_none}") if group.why_none else ""
        return join([self._group(group), " ", el("span", f"({self._tally(group)}):", class_="esc-tally"), f" {why}"])

    def _head(self, group: GroupLine, more: str | None = None) -> Html:
        line = self._choice(group.line) if group.line else ""
        told = (
            f"{self._tally(group)} · {more}" if more else f"{self._tally(group)} · {self.say('ranks.line', line=line)}"
        )
        return el("p", el("strong", self._group(group)), " ", el("span", told, class_="esc-hint esc-num"))

    def _group(self, group: GroupLine) -> Html:
        address = links.group(group.group, self.view.chamber.slug, self.lang)
        return el("a", self.groups.get(group.group) or group.group, href=address)

    def _tally(self, group: GroupLine) -> str:
        return figure(group.tally, abstention=self.view.chamber.abstention)

    def _choice(self, choice: Choice) -> str:
        if choice.position is Position.OTHER:
            return choice.candidate or ""
        return self.positions[choice.position]

    def _names(self, apart: Iterable[Rebel]) -> Html:
        def did(rebel: Rebel) -> Choice:
            return Choice(rebel.part.position, rebel.part.candidate)

        some = groupby(sorted(apart, key=lambda r: (ORDER.index(r.part.position), r.part.candidate or "")), key=did)
        return el("ul", [
            el("li", el("span", self._choice(choice), class_=f"esc-mark esc-mark-{choice.position}"), ": ",
               join([self._name(rebel) for rebel in rebels], "; "))
            for choice, rebels in some
        ])  # fmt: skip

    def _name(self, rebel: Rebel) -> Html:
        part = rebel.part
        if part.who not in self.known:
            return el("span", name(part.name))
        return el(
            "a", name(part.name), href=links.member(part.who, self.view.chamber.slug, self.lang), class_="esc-whole"
        )
