"""Which votes were put on record outside the board, and in which words?"""

from __future__ import annotations

from dashboard.components import terms
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.queries.view import SpokenView, VoteView


def ledger(view: VoteView, say: Words, lang: str | None) -> Html | None:
    """Return the spoken votes with the words of the paper; None where there are none."""
    if not view.spoken:
        return None
    quotes: dict[str, list[SpokenView]] = {}
    for said in view.spoken:
        quotes.setdefault(said.quote, []).append(said)
    blocks = [
        el(
            "div",
            el("ul", [_line(said, view, say) for said in some], class_="esc-ledger"),
            el("blockquote", el("p", _quoted(quote, say), lang=view.chamber.language)),
        )
        for quote, some in quotes.items()
    ]
    lead = el("h3", terms.link("spoken", say("ledger.title"), lang)), el("p", say("ledger.is"), class_="esc-hint")
    return el("section", lead, blocks, class_="esc-section")


def announced(view: VoteView, say: Words) -> Html | None:
    """Return the words in which the figure was announced; None where the paper has none."""
    if not view.announced_text:
        return None
    quote = el("blockquote", el("p", _quoted(view.announced_text, say), lang=view.chamber.language))
    return el("section", el("h3", say("ledger.announced")), quote, class_="esc-section")


def _quoted(words: str, say: Words) -> str:
    return f"«{words}»" if say.language == "es" else f"“{words}”"


def _line(said: SpokenView, view: VoteView, say: Words) -> Html:
    was = say(f"position.{said.was}") if said.was else say("ledger.not_on_board")
    if said.was_reason is not None:
        was = say("ledger.was", reason=say(f"reason.{said.was_reason}"))
    group = next((g.name or g.code for g in view.groups if said.group and g.code == said.group), said.group)
    return el(
        "li",
        el("strong", said.name),
        f" ({group})" if group else None,
        el("span", f"{was} → ", class_="esc-hint"),
        el("span", say(f"position.{said.now}"), class_=f"esc-mark esc-mark-{said.now}"),
        None
        if said.counts and view.chamber.spoken_counts
        else el("span", f" · {say('ledger.not_counted')}", class_="esc-hint"),
    )
