"""What does a message say? Plain text in the rule's language; nothing scraped in it is taken for anything but text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from urllib.parse import quote

from tracker.domain.changes import Cause
from tracker.domain.reconcile import Verdict
from tracker.domain.spelled import Language, day
from tracker.domain.votes import Status, Tally
from tracker.publish.meeting import Told
from tracker.publish.moves import Move, moves
from tracker.queries import casing
from tracker.queries.alerted import Kind
from tracker.queries.quote import sentence
from tracker.queries.ranks import DEFAULT, ranks
from tracker.queries.view import VoteView

TITLE, SUBJECT, NAMES, NAMED = 140, 400, 12, 6
"""Characters of a title and of a subject; names of those who broke ranks, and of those who moved."""
_SUFFIX = re.compile(r"[JS]r\.?|I{1,3}|IV")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FIELDS = ("result", "subject", "question", "kind", "requirement", "vacated", "sitting_date", "taken_at")


@dataclass(frozen=True, slots=True)
class Message:
    """A title on one line, paragraphs, and the last lines, which are kept however short a message has to be."""

    title: str
    paragraphs: tuple[str, ...]
    tail: str

    def body(self, limit: int | None = None) -> str:
        """Return the text, cut at a word if it is longer than a service takes; the tail stays whole."""
        whole = "\n\n".join(filter(None, (*self.paragraphs, self.tail)))
        if limit is None or len(whole) <= limit:
            return whole
        room = limit - len(self.tail) - 2
        text = cut("\n\n".join(self.paragraphs), room) if room > 1 else ""
        return "\n\n".join(filter(None, (text, cut(self.tail, limit))))


@dataclass(frozen=True, slots=True)
class Voice:
    """How the messages of a rule are worded: its name, the language, by which rule ranks are counted, our address."""

    rule: str
    language: Language
    ranks: str = DEFAULT
    public_url: str = ""


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("tracker.publish").joinpath("alert_words.toml").read_text(encoding="utf-8"))


def word(language: Language, key: str, **blanks: object) -> str:
    """Return the words of a message, with its blanks filled in."""
    return _catalogue()[language][key].format(**blanks)


def clean(text: str) -> str:
    """Return scraped text on one line, without what a service would take for a mention, a link or markup."""
    plain = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    safe = plain.replace("<", "‹").replace(">", "›").replace("](", "] (").replace("`", "'")
    return " ".join(re.sub(r"@(?=\w)", "@\u2060", safe).split())


def name(printed: str) -> str:
    """Return a member's name as a story has it: `Flores Ruíz` for `FLORES RUÍZ, VÍCTOR SEFERINO`."""
    surname, comma, first = clean(printed).partition(", ")
    if not comma or _SUFFIX.fullmatch(first):
        return clean(printed)
    return casing.name(surname)


def cut(text: str, limit: int) -> str:
    """Cut text at a word, with a sign that it was cut."""
    if len(text) <= limit:
        return text
    kept = text[: max(0, limit - 1)]
    at = max(kept.rfind(" "), kept.rfind("\n"))
    return (kept[:at] if at > limit // 2 else kept).rstrip(" \n,;·") + "…"


def message(told: Told, voice: Voice, *, repeat: bool = False) -> Message:
    """Tell one event; `repeat`: the reader may have been told before."""
    title, paragraphs, tail = _of_source(told, voice) if told.view is None else _of_vote(told, told.view, voice)
    return Message(cut(title, TITLE), _framed(paragraphs, voice, repeat), tail)


def digest(told: Sequence[Told], voice: Voice, *, on: date, repeat: bool = False) -> Message:
    """Tell several events at once, in the order in which they happened."""
    language = voice.language
    key = "digest_one" if len(told) == 1 else "digest"
    title = word(language, key, n=len(told), rule=voice.rule, day=day(on, language))
    each = [message(one, voice) for one in told]
    parts = ["\n".join((f"■ {one.title}", *one.paragraphs[:-1], one.tail)) for one in each]
    link = word(language, "changes", link=f"{voice.public_url}/changes?lang={language}") if voice.public_url else ""
    return Message(cut(title, TITLE), _framed(parts, voice, repeat), link)


def _framed(paragraphs: Sequence[str], voice: Voice, repeat: bool) -> tuple[str, ...]:
    before = [word(voice.language, "repeat")] if repeat else []
    return (*before, *paragraphs, word(voice.language, "rule", rule=voice.rule))


def _of_source(told: Told, voice: Voice) -> tuple[str, list[str], str]:
    language = voice.language
    kind, source = str(told.event.kind), clean(told.event.title)
    said = word(language, f"{kind}_said", source=source, why=clean(told.event.told) or "–")
    link = f"{voice.public_url}/coverage?lang={language}" if voice.public_url else ""
    return word(language, kind, source=source), [said], word(language, "health", link=link) if link else ""


def _of_vote(told: Told, view: VoteView, voice: Voice) -> tuple[str, list[str], str]:
    language = voice.language
    moved = moves(told.before, view) if told.before is not None else ()
    subject = clean(casing.calm(view.subject))
    title = word(
        language, "subject_line", lead=_lead(told, view, moved, language), chamber=clean(view.chamber.short),
        subject=subject,
    )  # fmt: skip
    paragraphs = [cut(subject, SUBJECT), _when(view, language)]
    if told.kind in (Kind.GONE, Kind.BACK):
        paragraphs.append(word(language, f"{told.kind}_said"))
    if told.kind is Kind.CHANGE:
        paragraphs += _changed(told, view, moved, language)
    paragraphs += [clean(said)] if (said := sentence(view, language)) else []
    paragraphs += [word(language, "result", result=clean(view.result))] if view.result else []
    paragraphs += _standing(view, language)
    paragraphs += [said] if (said := _ranks(view, voice)) else []
    read = view.paper_read
    key = "official_page" if read.page else "official"
    official = word(language, key, page=read.page, link=_address(read.url))
    paragraphs += [official] if voice.public_url else []
    return title, paragraphs, _tail(view, voice, official)


def _when(view: VoteView, language: Language) -> str:
    """Say where and when: the sitting and, where the paper has a clock, the time, with its own date after midnight."""
    parts = [clean(view.chamber.title), word(language, "sitting", day=day(view.sitting_date, language))]
    if view.taken_at is not None:
        clock = f"{view.taken_at:%H:%M}"
        if view.taken_at.date() != view.sitting_date:
            clock += f", {day(view.taken_at.date(), language)}"
        parts.append(word(language, "clock", clock=clock))
    return " · ".join([*parts, *([clean(view.kind)] if view.kind else [])])


def _tail(view: VoteView, voice: Voice, official: str) -> str:
    """Return the line that must not be lost: the record here, or the official page where it has no address."""
    if not voice.public_url:
        return f"{official}\n{word(voice.language, 'record', link=view.id)}"
    link = f"{voice.public_url}/v/{quote(view.id, safe=':')}?lang={voice.language}"
    return word(voice.language, "record", link=link)


def _address(url: str) -> str:
    """Return a scraped address as one word of text."""
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~-._")


def _lead(told: Told, view: VoteView, moved: Sequence[Move], language: Language) -> str:
    """Begin a title with what matters most: the status, what moved, or the count."""
    marks = [word(language, "doubtful")] if view.verdict is Verdict.DOUBTFUL else []
    if view.status is Status.PROVISIONAL:
        marks.append(word(language, "provisional"))
    if told.kind is Kind.CHANGE:
        counts = [move for move in moved if move.was != move.now]
        what = ", ".join(f"{word(language, str(move.side))} {move.was}→{move.now}" for move in counts)
        marks.append(f"{word(language, 'changed')}: {what or word(language, 'unmoved')}")
    elif told.kind in (Kind.GONE, Kind.BACK):
        marks.append(word(language, str(told.kind)))
    else:
        marks.append(_count(view.tallies.best, view, language))
    return " · ".join(marks)


def _count(tally: Tally | None, view: VoteView, language: Language) -> str:
    if tally is None:
        return word(language, "no_tally")
    if tally.called:
        return word(language, "called", count=tally.present)
    if tally.candidates:
        ranked = sorted(tally.candidates, key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"{clean(who)} {count}" for who, count in ranked[:3])
    return tally.text(abstention=view.chamber.abstention)


def _standing(view: VoteView, language: Language) -> list[str]:
    """Say in words what keeps a reader from quoting a vote as it is."""
    said = [word(language, "provisional_said")] if view.status is Status.PROVISIONAL else []
    if view.verdict is Verdict.DOUBTFUL:
        said.append(word(language, "doubtful_said"))
    if view.vacated:
        said.append(word(language, "vacated"))
    if view.credit is not None:
        said.append(word(language, "credit", who=clean(view.credit.by)))
    return said


def _changed(told: Told, view: VoteView, moved: Sequence[Move], language: Language) -> list[str]:
    """Say what moved, and why: `yes 69→70 (+Flores Ruíz)`."""
    cause = told.cause or Cause.SOURCE
    why = word(language, f"moved_{cause}")
    if told.promoted:
        why = word(language, "moved_paper", paper=clean(told.event.title))
    what = [_move(move, language) for move in moved] or [word(language, "unmoved")]
    changes = () if told.promoted else view.origin.changes
    for change in changes:
        if change.field in _FIELDS:
            was, now = (
                cut(clean(text), 80) if text else word(language, "nothing") for text in (change.was, change.now)
            )
            what.append(f"{word(language, f'field_{change.field}')} {was}→{now}")
    said = [word(language, "moved", cause=why, what="; ".join(what))]
    if told.before is not None and told.before.status is not view.status and view.status is not Status.PROVISIONAL:
        said.append(word(language, f"{view.status}_said"))
    return said


def _move(move: Move, language: Language) -> str:
    names = [*(f"+{name(who)}" for who in move.came), *(f"−{name(who)}" for who in move.went)]
    more = [word(language, "others", n=len(names) - NAMED)] if len(names) > NAMED else []
    told = f" ({', '.join([*names[:NAMED], *more])})" if names else ""
    return f"{word(language, str(move.side))} {move.was}→{move.now}{told}"


def _ranks(view: VoteView, voice: Voice) -> str:
    dissent, language = ranks(view).by_rule[voice.ranks], voice.language
    rebels = dissent.rebels if dissent else ()
    if dissent is None or not dissent.groups:
        return ""
    rule = word(language, f"rule_{voice.ranks}")
    if not rebels:
        return word(language, "ranks_none", rule=rule)
    names = [f"{name(r.part.name)} ({clean(r.part.group or '–')})" for r in rebels[:NAMES]]
    names += [word(language, "others", n=len(rebels) - NAMES)] if len(rebels) > NAMES else []
    return word(language, "ranks", rule=rule, n=len(rebels), names=", ".join(names))
