"""How do the counts of a vote stand side by side?"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.components import terms
from dashboard.components.escape import Html, el, join, text
from dashboard.words import Words
from tracker.domain.votes import Position, Reason, Status, Tally
from tracker.queries.listed import VoteRow
from tracker.queries.view import VoteView

KINDS = ("board", "counted", "announced")
SIDES = (Position.YES, Position.NO, Position.ABSTAIN)


def figure(tally: Tally | None, *, abstention: bool) -> str:
    """Print a count as it is quoted: `70–33–4`, `277–148`; for candidates, the figures of the first."""
    if tally is None:
        return "—"
    if tally.candidates:
        figures = [str(n) for _, n in ranked(tally)]
        return "–".join(figures if len(figures) <= 3 else [*figures[:2], "…"])
    if tally.called:
        return str(tally.present)
    return tally.text(abstention=abstention)


def ranked(tally: Tally) -> list[tuple[str, int]]:
    """Return the candidates, the one with most ballots first."""
    return sorted(tally.candidates, key=lambda pair: (-pair[1], pair[0]))


def position_words(view: VoteView, say: Words) -> dict[Position, str]:
    """Return the word for each position: the chamber's own where it speaks the reader's language (`Yea`, `Guilty`).

    One that yes or no does not tell is put into the reader's (`«culpable»`).

    A code that gives a reason (`aus`, `Sus`) is a word for that reason, not for the position.
    """
    printed: dict[Position, set[tuple[str, Reason | None]]] = {}
    for ballot in view.ballots:
        printed.setdefault(ballot.position, set()).add((ballot.code, ballot.reason))
    words = {}
    for position in Position:
        codes = printed.get(position, set())
        own = view.chamber.language == say.language and len(codes) == 1 and position is not Position.OTHER
        code, reason = next(iter(codes), ("", None))
        bare = own and reason in (None, Reason.UNKNOWN)
        speaks = bare and code.replace(" ", "").isalpha() and not code.isupper()
        other = say.or_none(f"printed.{code}") if len(codes) == 1 and not own else None
        words[position] = code if speaks else other or say(f"position.{position}")
    return words


def in_words(tally: Tally, words: dict[Position, str], say: Words, *, abstention: bool) -> str:
    """Say a count in words: `70 a favor · 33 en contra · 4 abstenciones`."""
    parts = []
    if tally.cast or not (tally.candidates or tally.present):
        shown = [p for p in SIDES if p is not Position.ABSTAIN or abstention or tally.abstain]
        parts = [count(tally.of(p), p, words, say) for p in shown]
    parts += [f"{name} {say.number(n)}" for name, n in ranked(tally)]
    for position in (Position.PRESENT, Position.NOT_CAST):
        if tally.of(position):
            parts.append(count(tally.of(position), position, words, say))
    return " · ".join(parts)


def count(n: int, position: Position, words: dict[Position, str], say: Words) -> str:
    """Say how many went one way, in the chamber's own word where it has one: `70 a favor`, `277 Yea`."""
    if words[position] != say(f"position.{position}"):
        return f"{say.number(n)} {words[position]}"
    return say.count(f"counted_as.{position}", n)


def panel(view: VoteView, say: Words, lang: str | None) -> Html:
    """Return the counts side by side: the one to quote large, the others with what each of them is.

    What they are called leads to what it means.
    """
    lead = view.tallies.best
    if lead is None:
        return el("p", say("tally.none"), class_="esc-note")
    words, wide = position_words(view, say), view.chamber.abstention
    main = el(
        "div",
        el("p", _label(view, lead, say, lang), class_="esc-label"),
        el("h2", figure(lead, abstention=wide), class_="esc-figure", id="tally"),
        el("p", in_words(lead, words, say, abstention=wide), class_="esc-inwords"),
        bar(lead),
        class_="esc-lead",
    )
    rest = el("dl", _others(view, say, lang), class_="esc-others")
    return el("section", main, rest, class_="esc-tallies", aria_label=say("tally.title"))


def _label(view: VoteView, lead: Tally, say: Words, lang: str | None) -> Html:
    """Say what the large figure is a count of, and who added it up."""
    board, final = view.tallies.board, view.tallies.final
    if lead.called:
        return text(say("tally.quorum"))
    if lead.candidates:
        return text(say("tally.by_name"))
    if final is None:
        return text(say("tally.no_final"))
    if not view.spoken or board is None or final.same_cast(board):
        return terms.link("final", say("tally.final"), lang)
    casting = not view.chamber.abstention and board.margin == 0 and len(view.spoken) == 1
    return terms.link("final", say("tally.final_tie" if casting else "tally.final_moved"), lang)


def in_short(view: VoteView, say: Words) -> str:
    """Say shortly what the figure to quote is a count of: the board and what was said aloud, or the result stated."""
    best, board, final = view.tallies.best, view.tallies.board, view.tallies.final
    if best is None or final is None or best.called or best.candidates:
        kind = "none" if best is None else "quorum" if best.called else "by_name" if best.candidates else "no_final"
        return say(f"tally.{kind}")
    if board is not None and not final.same_cast(board):
        return _moved(view, board, final, say)
    if view.result:
        return say("majority.stated", result=view.result)
    hears = view.chamber.spoken_counts and view.chamber.abstention and view.status is not Status.PROVISIONAL
    return say("card.silent" if hears and board is not None else "tally.final")


def _moved(view: VoteView, board: Tally, final: Tally, say: Words) -> str:
    """Say what the board had, and how many spoke: `tablero 69–31–4, +3 de viva voz`."""
    shown = say("tally.board_was", tally=figure(board, abstention=view.chamber.abstention))
    if not view.chamber.abstention and board.margin == 0 and len(view.spoken) == 1:
        return f"{shown}, {say('card.casting')}"
    heard = sum(said.counts for said in view.spoken)
    added = say.count("card.added" if final.cast - board.cast == heard else "card.aloud", heard)
    return f"{shown}, {added}"


def _others(view: VoteView, say: Words, lang: str | None) -> Iterator[Html]:
    for kind in KINDS:
        if kind == "counted" and view.board_from_names:
            continue  # the same names added up: it would be the same figure twice
        tally = getattr(view.tallies, kind)
        yield el(
            "div",
            el("dt", terms.link(kind, say(f"tally.{kind}"), lang)),
            el("dd", figure(tally, abstention=view.chamber.abstention), class_="esc-num"),
            el("dd", _hint(kind, view, say), class_="esc-hint"),
        )


def _hint(kind: str, view: VoteView, say: Words) -> Html:
    """Say what a count is; in the colour of trouble if a check found that it does not meet the others."""
    if getattr(view.tallies, kind) is None:
        return text(say(f"tally.{kind}_missing"))
    told = say(f"tally.{kind}_is")
    if kind == "board" and view.board_from_names:
        told = say("tally.board_from_names")
    apart = view.tallies.board is None or str(view.tallies.board) != str(view.tallies.announced)
    lender = next((paper for paper in view.papers if paper.id == view.announced_by), None)
    if kind == "announced" and lender is not None:
        told = say("tally.announced_by", paper=lender.title)
    elif kind == "announced" and view.announced_means and apart:
        told = say(f"tally.announced_{view.announced_means}")
    failed = {check.check for check in view.checks if check.ok is False}
    if {"announced": "announced_meets", "counted": "ballots_make_board"}.get(kind) in failed:
        return join([told, el("span", f" · {say('tally.differs')}", class_="esc-trouble")])
    return text(told)


def bar(tally: Tally, *, of: int | None = None) -> Html:
    """Return a bar of yes, abstentions and no, `of` votes wide (all of them unless said otherwise).

    The figures stand beside it, so it is hidden from screen readers.
    """
    if not tally.cast:
        return Html("")
    parts = (("yes", tally.yes), ("abstain", tally.abstain), ("no", tally.no))
    cells = [el("span", class_=f"esc-fill-{name}", grow=n) for name, n in parts if n]
    if of is not None and of > tally.cast:
        cells.append(el("span", class_="esc-fill-rest", grow=of - tally.cast))
    return el("div", cells, class_="esc-bar", aria_hidden="true")


def of_row(row: VoteRow, say: Words) -> Html:
    """Return the count of a vote in a list, with what it is a count of."""
    lead, board = row.tallies.best, row.tallies.board
    shown = figure(lead, abstention=row.abstention)
    note = None
    if lead is not None and lead.called:
        note = say("position.present")
    elif lead is not None and lead.candidates:
        note = say("tally.by_name_short")
    elif lead is not None and board is not None and not lead.same_cast(board):
        note = say("tally.board_was", tally=figure(board, abstention=row.abstention))
    return join([el("span", shown, class_="esc-num"), el("span", note, class_="esc-hint") if note else None])
