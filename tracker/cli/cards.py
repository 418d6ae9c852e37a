"""How does the answer to a claim look in a terminal: verdict, counts, ledger, source, and how it was reached?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.claims.countries import name
from tracker.cli.screen import out, say, table, text
from tracker.cli.verdicts import WORDS

if TYPE_CHECKING:
    from tracker.claims.verdict import Answer, Match, MemberFit, Step
    from tracker.domain.spelled import Language
    from tracker.queries.view import VoteView
    from tracker.storage.engine import Engine

GOOD = frozenset(("matches-final",))
_KINDS = ("board", "announced", "final")


def print_answer(engine: Engine, answer: Answer, number: int, language: Language) -> None:
    """Print one claim and what the record says of it; what is there to copy, in the language of the text."""
    from tracker.queries.votes import one

    say(f"{number}. «{answer.claim.text.strip()}»", "bold")
    verdict = answer.verdict.value
    told = WORDS["members-agree"] if verdict in GOOD and not answer.claim.figures.said else WORDS[verdict]
    say(f"   {verdict}: {told}", "green" if verdict in GOOD else "yellow")
    if answer.reason:
        say(f"   {WORDS[answer.reason].format(body=answer.claim.body.other, party=answer.claim.party)}")
    for held in answer.held:
        key = "held" if held.days is None else "held-days"
        say(f"   {WORDS[key].format(short=held.short, first=held.first, last=held.last, days=held.days)}", "dim")
    if answer.matches:
        first = answer.matches[0]
        view = one(engine, first.id)
        if view is not None:
            _vote(view, first, language)
    for member in answer.members:
        say(f"   {member.said.name}: {_member(member)}")
    _further(answer.matches[1:])
    _beside(engine, answer)
    say(f"   {WORDS['how']}", "bold")
    for step in answer.steps:
        say(f"     {_step(step)}", "dim")
    out().line()


def _vote(view: VoteView, match: Match, language: Language) -> None:
    say(f"   {view.id}  {view.chamber.short}, {view.sitting_date}", "cyan")
    say(f"   {view.subject}")
    rows = table(WORDS["tally"], WORDS["yes"], WORDS["no"], WORDS["abstain"])
    for kind in _KINDS:
        counts = getattr(view.tallies, kind)
        if counts is not None:
            style = "bold" if match.matched is not None and match.matched.value == kind else ""
            cells = (WORDS[kind], counts.yes, counts.no, counts.abstain)
            rows.add_row(*(text(cell, style) for cell in cells))
    out().print(rows)
    for side, gap in match.differences.items():
        told = WORDS.get(side, side)
        say(f"   {told}: {gap:+d}" if isinstance(gap, int) else f"   {told}: {gap}", "yellow")
    if view.spoken:
        say(f"   {WORDS['ledger']}", "bold")
    for said in view.spoken:
        group = f" ({said.group})" if said.group else ""
        was = WORDS.get(said.was.value, said.was.value) if said.was else "–"
        say(f"     {said.name}{group}: {was} → {WORDS.get(said.now.value, said.now.value)}")
    _paper(view, language)


def _paper(view: VoteView, language: Language) -> None:
    from tracker.queries import quote

    told = quote.sentence(view, language)
    if told is not None:
        say(f"   {WORDS['to-copy']}: {told}")
    say(f"   {WORDS['source']}: {quote.citation(view, language)}")


def _member(member: MemberFit) -> str:
    if member.agreement.value == "differs":
        position = WORDS[member.position.value] if member.position else WORDS["not_cast"]
        told = WORDS["differs-member"].format(position=position)
    else:
        told = WORDS[member.agreement.value]
    return f"{told} ({WORDS['aloud']})" if member.aloud else told


def _further(matches: tuple[Match, ...]) -> None:
    if not matches:
        return
    say(f"   {WORDS['further']}", "bold")
    for match in matches:
        best = match.vote.best
        kind = f", {WORDS[match.matched.value]}" if match.matched else ""
        line = text(f"     {match.id}  {match.vote.sitting_date}  {best or '–'}{kind}  {match.vote.subject}")
        line.truncate(max(out().width, 40), overflow="ellipsis")
        out().print(line, soft_wrap=True)


def _beside(engine: Engine, answer: Answer) -> None:
    """List a few votes beside the one meant: the same bill, sitting or figures."""
    from tracker.claims.neighbours import neighbours

    found = neighbours(engine, answer)
    rows = [*found.bill, *found.sitting, *found.figures]
    if rows:
        say(f"   {WORDS['neighbours']}", "bold")
    for row in rows:
        line = text(f"     {row.id}  {row.sitting_date}  {row.tallies.best or '–'}  {row.subject}")
        line.truncate(max(out().width, 40), overflow="ellipsis")
        out().print(line, soft_wrap=True)


def _step(step: Step) -> str:
    key = "step-several" if step.key == "several" else step.key
    values = {name: _value(value) for name, value in step.values.items()}
    told = ", ".join(f"{WORDS.get(name, name)} {value}" for name, value in values.items())
    if key in ("other-body", "other-country"):
        country = name(str(step.values.get("country", "")), "en")
        return WORDS[key].format(body=values["body"], country=country)
    return WORDS[key].format_map({"told": told, **values})


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{WORDS.get(name, name)} {gap:+d}" for name, gap in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return WORDS.get(str(value), str(value))
