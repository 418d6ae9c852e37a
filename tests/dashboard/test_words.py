"""Does every word stand in both languages, and every figure get its right form?"""

from __future__ import annotations

import re
import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import thirty

from dashboard import words
from dashboard.components import course, directory
from tracker.analysis.attendance import Away
from tracker.analysis.dissent import NoLine
from tracker.analysis.rules import RULES
from tracker.domain.changes import PARTS, Cause, facts_of
from tracker.domain.legislature import PaperKind
from tracker.domain.majority import Base
from tracker.domain.reconcile import Check, Verdict, reconcile
from tracker.domain.votes import Means, Position, Reason, Status

ES, EN = words.of("es"), words.of("en")
DASHBOARD = Path(words.__file__).parent


def test_both_languages_have_the_same_entries_with_the_same_blanks() -> None:
    assert set(ES.entries) == set(EN.entries)

    def blanks(entry: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(entry) if name}

    assert {key: blanks(entry) for key, entry in ES.entries.items()} == {
        key: blanks(entry) for key, entry in EN.entries.items()
    }


def test_every_word_asked_for_in_the_code_is_there() -> None:
    asked = {
        match[1]
        for path in (*DASHBOARD.rglob("*.py"), *DASHBOARD.rglob("*.html"))
        for match in re.finditer(r"""(?:say|speak)(?:\.count)?\(\s*"([a-z_.]+)\"""", path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 60
    missing = {key for key in asked if key not in ES.entries and f"{key}.one" not in ES.entries}
    assert not missing


@pytest.mark.parametrize("say", [ES, EN], ids=["es", "en"])
def test_every_word_a_vote_can_carry_has_an_entry(say: words.Words) -> None:
    keys = [f"position.{p}" for p in Position] + [f"reason.{r}" for r in Reason] + [f"majority.of.{b}" for b in Base]
    keys += [f"status.{s}" for s in Status] + [f"verdict.{v}" for v in Verdict] + [f"cause.{c}" for c in Cause]
    keys += [f"{key}_is" for key in keys if key.startswith(("status", "verdict"))]
    keys += [f"check.{c}.{sign}" for c in Check for sign in ("ok", "bad", "none")]
    keys += [f"means.{m}" for m in Means] + [f"paper.{PaperKind.TRANSCRIPTION}", f"paper.{PaperKind.TRANSCRIPTION}_is"]
    vote = thirty.cast("v")
    fields = [*facts_of(vote, reconcile(vote, spoken_counts=True)).fields, *PARTS, "reason", "spoken"]
    keys += [f"field.{field}" for field in fields] + [f"papers.{what}" for what in ("position", "spoken", "announced")]
    assert [key for key in keys if key not in say.entries] == []


@pytest.mark.parametrize("say", [ES, EN], ids=["es", "en"])
def test_every_rule_and_every_kind_of_a_members_votes_has_words(say: words.Words) -> None:
    keys = [f"rule.{rule}.{part}" for rule in RULES for part in ("name", "is")]
    keys += [f"ranks.why.{why}" for why in NoLine] + [f"away.{away}" for away in Away]
    keys += [f"course.{way}" for way in course.WAYS] + [f"members.{sort}" for sort in directory.SORTS]
    keys += [f"chances.{way}_{end}.one" for way in ("switched", "came", "moved") for end in ("reached", "failed")]
    assert [key for key in keys if key not in say.entries] == []


def test_numbers_dates_and_moments_in_both_languages() -> None:
    assert (ES.number(289281), EN.number(289281)) == ("289\u202f281", "289,281")
    assert (ES.count("votes", 1), ES.count("votes", 2226), EN.count("votes", 1)) == (
        "1 votación",
        "2\u202f226 votaciones",
        "1 vote",
    )
    day = date(2023, 5, 18)
    assert (ES.day(day), EN.day(day)) == ("18 de mayo de 2023", "18 May 2023")
    assert (ES.day(day, year=False), EN.day(day, year=False)) == ("18 de mayo", "18 May")
    late = datetime(2023, 5, 19, 5, 10, tzinfo=UTC)
    assert EN.moment(late, "America/Lima") == "19 May 2023, 00:10 (Lima time)"


def test_the_language_is_the_addresses_or_the_settings() -> None:
    assert words.asked({"lang": "en"}, "es") == "en"
    assert words.asked({"lang": "../en"}, "es") == "es"
    assert words.asked({}, "en") == "en"
