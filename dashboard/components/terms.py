"""What does each word on the pages mean, where does the meaning come from, and by which rules do chambers decide?"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import links, reasons
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.majority import Rule
from tracker.queries.rules import ChamberRules

TERMS: Mapping[str, tuple[str, ...]] = {
    "counts": ("final", "board", "counted", "announced", "spoken"),
    "people": ("position", "absent", "group", "unattached", "line", "split"),
    "outcome": ("result", "majority", "margin", "contested", "turned"),
    "record": ("provisional", "official", "corrected", "transcription", "doubtful", "unread", "gone"),
    "changes": ("source", "reader", "correction"),
    "time": ("sitting", "clock"),
}
"""The words explained, by what they are about; each has an address of its own."""
KNOWN = frozenset(term for some in TERMS.values() for term in some)
UNKNOWN = ("rules", "outcomes", "absences", "commission", "before", "misread")
"""What nobody here knows, and says so."""


def link(term: str, words: str, lang: str | None) -> Html:
    """Return words that lead to where they are explained."""
    return el("a", words, href=links.term(term, lang), class_="esc-term")


def asked(term: str, say: Words) -> Html | None:
    """Return the explanation of the word an address asks for, to stand first; None if it asks for none we know."""
    if term not in KNOWN:
        return None
    told = el("h2", say(f"term.{term}")), el("p", say(f"term.{term}_is")), _origin(term, say)
    return el("section", *told, class_="esc-asked")


def glossary(say: Words, lang: str | None) -> Html:
    """Return every word with its meaning and where that comes from; each can be linked to."""
    parts = [
        join(
            [
                el("h3", say(f"method.{about}"), class_="esc-about"),
                el("dl", [_entry(term, say, lang) for term in some], class_="esc-terms"),
            ]
        )
        for about, some in TERMS.items()
    ]
    return join(parts)


def _entry(term: str, say: Words, lang: str | None) -> Html:
    name = el("dt", el("a", say(f"term.{term}"), href=links.term(term, lang)), id=term)
    return el("div", name, el("dd", say(f"term.{term}_is"), _origin(term, say)))


def _origin(term: str, say: Words) -> Html | None:
    told = say.or_none(f"term.{term}_from")
    return el("span", f" {told}", class_="esc-hint") if told else None


def chamber(found: ChamberRules, say: Words) -> Html:
    """Return how a chamber counts and decides, as its sheet has it."""
    law = found.chamber
    facts = [
        say("method.seats", n=say.number(law.seats)),
        say("method.abstention" if law.abstention else "method.no_abstention"),
        say("method.spoken_count" if law.spoken_counts else "method.no_spoken"),
    ]
    because = el("blockquote", reasons.in_words(law.because, say) or law.because) if law.because else None
    rules = el("ul", [_rule(rule, say) for rule in found.rules], class_="esc-latest")
    unknown = el("p", say("method.no_rules"), class_="esc-note")
    listed = el("ul", [el("li", fact) for fact in facts])
    return el(
        "section",
        el("h3", law.title, id=law.slug, class_="esc-about"),
        listed,
        because,
        rules if found.rules else unknown,
    )


def _rule(rule: Rule, say: Words) -> Html:
    share = say.or_none(f"majority.share.{rule.fraction}") or str(rule.fraction)
    told = say("method.rule", share=share, base=say(f"majority.of.{rule.base}"))
    printed = el("span", say("filters.quoted", text=rule.name), class_="esc-what")
    return el(
        "li", el("p", printed, told), el("p", reasons.in_words(rule.source, say) or rule.source, class_="esc-hint")
    )


def unknown(say: Words) -> Html:
    """Return what is not known."""
    return el("ul", [el("li", say(f"method.unknown.{one}")) for one in UNKNOWN])
