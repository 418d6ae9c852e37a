"""By which rule does the reader want to see who broke ranks?"""

from __future__ import annotations

from dashboard import data, frame
from dashboard.components import filters, ranks
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.queries.ranks import DEFAULT, RULES
from tracker.queries.view import VoteView


def show(view: VoteView, say: Words, lang: str | None) -> None:
    """Show who broke ranks, with the rule and the way to the other rules; nothing where no line can be drawn."""
    if not ranks.asked(view):
        return
    found = data.ranks_of(view)
    frame.show(el("h2", say("ranks.title"), id="ranks"))
    if not ranks.drawn(found):
        frame.show(el("p", say("groups.none_printed"), class_="esc-note"))
        return
    place = frame.place()
    others = {key: f"{say(f'rule.{key}.name')}: {ranks.counted(one, say)}" for key, one in found.by_rule.items()}
    first = others.pop(DEFAULT)
    chosen = filters.choice(say("ranks.rule"), others, "rule", first) or DEFAULT
    place.html(ranks.block(view, found, chosen, say, lang))
    frame.show(el("p", ranks.rule(chosen, say), class_="esc-hint"), ranks.spread(found, say))


def choice(say: Words) -> str:
    """Show the choice among the rules; return the key of the one chosen, kept in the address."""
    others = {key: say(f"rule.{key}.name") for key in RULES if key != DEFAULT}
    return filters.choice(say("ranks.rule"), others, "rule", say(f"rule.{DEFAULT}.name")) or DEFAULT
