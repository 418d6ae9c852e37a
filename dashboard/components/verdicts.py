"""What does the record say of each claim of a text? Verdicts speak of the record, never of whoever wrote the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dashboard import links
from dashboard.components import badge, heading, ledger, lines, parties, ranks, reached, tally, terms
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.claims.claim import Claim
from tracker.claims.shown import Card, Shown
from tracker.claims.verdict import Agreement, Answer, HeldFor, Match, MemberFit, Verdict
from tracker.domain.tally import Tally
from tracker.queries.candidates import Candidate
from tracker.queries.casing import calm
from tracker.queries.listed import VoteRow
from tracker.queries.view import VoteView

EXAMPLE = (
    "With 70 votes in favor, 33 against and 4 abstentions, the Peruvian Congress approved the military training of "
    "Armed Forces by US troops"
)
"""The sentence this product began with."""
KINDS = ("final", "board", "announced")


def cards(found: Shown, say: Words, lang: str | None, to_vote: links.ToVote = links.vote) -> Html:
    """Return a card for each claim of a text; a line where it has none."""
    if not found.cards:
        search = el("a", say("vote.search"), href=links.to("votes", lang))
        example = el("a", say("claims.example"), href=links.to("check", lang, claim=EXAMPLE))
        ways = el("p", join([example, search], " · "))
        return join([el("p", say("claims.nothing"), class_="esc-note", role="status"), ways])
    count = say.count("claims.found", len(found.cards) + found.left_out)
    left = say.count("claims.left_out", found.left_out) if found.left_out else None
    made = [_card(card, found, say, lang, to_vote) for card in found.cards]
    return join([el("p", join([count, left], " · "), class_="esc-count", role="status"), *made])


def _card(card: Card, found: Shown, say: Words, lang: str | None, to_vote: links.ToVote) -> Html:
    answer, view = card.answer, card.view
    return el(
        "section",
        el("blockquote", el("p", _quoted(found.text, answer.claim), lang=found.language)),
        el("h2", _verdict(answer, view, say), class_="esc-verdict"),
        _without(answer, say),
        _of_vote(view, answer, say, lang, to_vote, alone=len(found.cards) == 1) if view else _members(answer, say),
        _list("claims.further", [_match(one, say, lang, to_vote) for one in answer.matches[1:]], say),
        _beside(card, say, lang, to_vote),
        reached.steps(answer.steps, say),
        class_="esc-section esc-claim",
    )


def _quoted(whole: str, claim: Claim) -> Html:
    """Return the words of a claim as they stand in the text, its figures marked."""
    parts: list[Html | str] = []
    at = claim.start
    for start, end in sorted(claim.marks):
        if at <= start < end <= claim.end:
            parts += [whole[at:start], el("mark", whole[start:end])]
            at = end
    return join([*parts, whole[at : claim.end]])


def _verdict(answer: Answer, view: VoteView | None, say: Words) -> str:
    if (other := parties.verdict(answer, view)) is not None:
        return say(f"claims.verdict.{other}")
    if answer.verdict is Verdict.MATCHES_FINAL and view is not None and view.spoken:
        return say("claims.verdict.matches-final-spoken")
    return say(f"claims.verdict.{answer.verdict}")


def _without(answer: Answer, say: Words) -> Html | None:
    """Say why there is no record, and what is held of the chambers."""
    if answer.reason is None:
        return None
    claim = answer.claim
    told = el("p", say(f"claims.reason.{answer.reason}", body=claim.body.other or "", party=claim.party or ""))
    held = el("ul", [el("li", _held(one, say)) for one in answer.held], class_="esc-held") if answer.held else None
    return join([told, held])


def _held(one: HeldFor, say: Words) -> str:
    first, last = (say.day(date.fromisoformat(day)) for day in (one.first, one.last))
    told = say("claims.held", short=one.short, first=first, last=last)
    return told if one.days is None else f"{told}; {say.count('claims.held_days', one.days)}"


def _of_vote(
    view: VoteView, answer: Answer, say: Words, lang: str | None, to_vote: links.ToVote, *, alone: bool
) -> Html:
    """Return the vote that fits best: how it fits, its counts, its ledger, its paper, what can be copied of it.

    `alone`: it is the only one, and who broke ranks is unfolded.
    """
    match = answer.matches[0]
    when = " · ".join((view.chamber.title, *heading.when(view, say)))
    way = el("a", calm(view.subject), href=to_vote(view.id, lang), lang=view.chamber.language, class_="esc-subject")
    fits = [
        el("div", el("dt", say(f"claims.{name}")), el("dd", told)) for name, told in _fits(match, answer, view, say)
    ]
    copied = next(iter(lines.whole(view, say)), None) if view.tallies.best else None
    return join(
        [
            el("dl", fits, class_="esc-facts"),
            _members(answer, say),
            parties.block(answer, match, view, say),
            el("p", when, class_="esc-kicker"),
            el("p", way),
            el("p", asked, class_="esc-hint") if (asked := heading.asked(view.question, view.subject)) else None,
            badge.of_vote(view, say, lang),
            el("p", say("majority.stated", result=view.result)) if view.result else None,
            el("dl", _counts(view, match, say, lang), class_="esc-others"),
            ledger.ledger(view, say, lang),
            join([el("h3", copied[0]), el("p", copied[1], class_="esc-copy")]) if copied else None,
            _paper(view, say),
            ranks.folded(view, say, lang, unfolded=alone),
        ]
    )


def _fits(match: Match, answer: Answer, view: VoteView, say: Words) -> Iterator[tuple[str, str]]:
    """Say of figures, subject, day and outcome, each by itself, whether they are those of the vote."""
    if answer.claim.figures.said:
        numbers = match.numbers
        kind = say(f"claims.name.{numbers.matched}") if numbers.matched else ""
        of_group = parties.figures(answer, view, say)
        if of_group:
            yield "figures", of_group
        elif numbers.swapped:
            yield "figures", say("claims.figures_swapped", kind=kind)
        elif numbers.matched:
            yield "figures", say("claims.figures_met", kind=kind)
        else:
            yield "figures", say("claims.figures_missed")
        if numbers.gaps and not numbers.swapped and not of_group:
            yield "differences", reached.gaps(dict(numbers.gaps), say)
    by = match.subject.by
    weak = answer.verdict is Verdict.NUMBERS_ONLY
    fits = say("claims.fits_little" if weak else "claims.fits_by", by=say(f"claims.name.{by}")) if by else None
    yield "subject", fits or say("claims.another")
    if match.dated is not None:
        yield "day", say("claims.fits" if match.dated else "claims.another_day")
    if match.ended is False:
        yield "outcome", say("claims.outcome_is", result=match.vote.result or "—")


def _counts(view: VoteView, match: Match, say: Words, lang: str | None) -> Iterator[Html]:
    """Return the counts side by side, with a word at the one that the text has."""
    for kind in KINDS:
        count = getattr(view.tallies, kind)
        same = match.matched is not None and str(match.matched) == kind
        yield el(
            "div",
            el("dt", terms.link(kind, say(f"claims.kind.{kind}"), lang), f" · {say('claims.this')}" if same else None),
            el("dd", tally.figure(count, abstention=view.chamber.abstention), class_="esc-num"),
        )


def _paper(view: VoteView, say: Words) -> Html:
    origin = view.origin
    leaf = view.paper_read.leaf if view.paper_read.url == origin.url else None
    address = f"{origin.url}#page={leaf}" if leaf else origin.url
    page = f" · {say('evidence.page')} {origin.page}" if origin.page else ""
    link = el("a", origin.url, href=address, rel="noreferrer")
    digest = el("span", "SHA-256 ", el("code", origin.sha256[:12]))
    return join([el("h3", say("claims.source")), el("p", link, f"{page} · ", digest, class_="esc-address")])


def _members(answer: Answer, say: Words) -> Html | None:
    lines = [el("li", el("strong", one.said.name), f": {_part(one, say)}") for one in answer.members]
    return _list("claims.members", lines, say)


def _part(one: MemberFit, say: Words) -> str:
    """Say how a member's part on record stands to what the text says of it."""
    told = say(f"claims.name.{one.agreement}")
    if one.agreement is Agreement.DIFFERS:
        position = say(f"position.{one.position}") if one.position else say("claims.no_vote")
        told = say("claims.has", position=position)
    return f"{told} ({say('claims.aloud')})" if one.aloud else told


def _beside(card: Card, say: Words, lang: str | None, to_vote: links.ToVote) -> list[Html | None]:
    """List a few votes of each kind beside the one meant."""
    return [
        _list(f"claims.beside.{kind}", [_row(row, say, lang, to_vote) for row in getattr(card.beside, kind)], say)
        for kind in ("bill", "sitting", "figures")
    ]


def _list(title: str, lines: list[Html], say: Words) -> Html | None:
    """Return a list under its heading; None where it is empty."""
    return join([el("h3", say(title)), el("ul", lines, class_="esc-plainlist")]) if lines else None


def _match(one: Match, say: Words, lang: str | None, to_vote: links.ToVote) -> Html:
    vote = one.vote
    kind = f" ({say(f'claims.name.{one.matched}')})" if one.matched else ""
    count = join([f"{_count(vote.best)}{kind}", badge.of_status(vote.status, say)], " ")
    return _line(one.id, vote.sitting_date, count, vote, say, to_vote(one.id, lang))


def _row(row: VoteRow, say: Words, lang: str | None, to_vote: links.ToVote) -> Html:
    figure = tally.figure(row.tallies.best, abstention=row.abstention)
    count = join([figure, badge.of_row(row, say) or None], " ")
    return _line(row.id, row.sitting_date, count, row, say, to_vote(row.id, lang))


def _line(slug: str, day: date, count: Html, vote: VoteRow | Candidate, say: Words, address: str) -> Html:
    asked = heading.asked(vote.question, vote.subject)
    more = el("span", f" · {asked}", class_="esc-hint") if asked else None
    return el("li", f"{say.day(day)} · ", count, " · ", el("a", calm(vote.subject) or slug, href=address), more)


def _count(best: Tally | None) -> str:
    return tally.figure(best, abstention=True)
