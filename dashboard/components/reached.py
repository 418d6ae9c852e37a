"""How was the answer to a claim reached, in words?"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.claims.verdict import Step

FIGURES = ("yes", "no", "abstain", "margin", "unanimous", "needed")
LOOKED = ("figures", "days", "words")
CODES = frozenset(("matched", "by", "agreement", "said", "result"))
"""Values of steps that are codes, for which there are words; results that a source states have none."""


def steps(some: tuple[Step, ...], say: Words) -> Html:
    """Return the steps from what was read to the verdict, folded away."""
    lines = [el("li", _told(step, say)) for step in some]
    return el("details", el("summary", say("claims.how")), el("ol", lines), class_="esc-figures")


def _told(step: Step, say: Words) -> str:
    values = {name: _value(name, value, say) for name, value in step.values.items()}
    names = (*FIGURES, *step.values) if step.key == "read-figures" else LOOKED if step.key == "looked" else ()
    parts = [
        (say.or_none(f"claims.name.{name}") or name) + ("" if step.values[name] is True else f" {values[name]}")
        for name in dict.fromkeys(names)
        if name in values
    ]
    return say(f"claims.step.{step.key}", told=", ".join(parts), **values)


def _value(name: str, value: object, say: Words) -> str:
    if isinstance(value, Mapping):
        return gaps(value, say)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if name == "country":
        return say.territory(str(value))
    return (say.or_none(f"claims.name.{value}") or str(value)) if name in CODES else str(value)


def gaps(found: Mapping[str, object], say: Words) -> str:
    """Say what has to be added to each claimed count: `no +3, abstentions −1`."""
    return ", ".join(
        f"{say.or_none(f'claims.name.{name}') or name} {f'{gap:+d}'.replace('-', '−') if isinstance(gap, int) else gap}"
        for name, gap in found.items()
    )
