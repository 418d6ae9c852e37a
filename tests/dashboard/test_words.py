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
from tracker.domain import spelled
from tracker.domain.changes import PARTS, Cause, facts_of
from tracker.domain.legislature import PaperKind
from tracker.domain.majority import Base
from tracker.domain.reconcile import Check, Verdict, reconcile
from tracker.domain.spelled import Language
from tracker.domain.votes import Means, Position, Reason, Status

ES, EN = words.of("es"), words.of("en")
DASHBOARD = Path(words.__file__).parent


def keys(language: Language) -> set[str]:
    return {key if isinstance(key := one.id, str) else key[0] for one in words.catalogue(language)}


def test_both_languages_have_the_same_entries_with_the_same_blanks() -> None:
    def blanks(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    def shape(language: Language) -> dict[str, list[set[str | None]]]:
        entries = {one.id: one.string for one in words.catalogue(language) if one.id}
        return {str(key): [blanks(text) for text in ([form] if isinstance(form, str) else form)]
                for key, form in entries.items()}  # fmt: skip

    assert shape("es") == shape("en")


@pytest.mark.parametrize(("language", "domain"), [("es", "dashboard"), ("en", "dashboard"), ("es", "reasons")])
def test_no_entry_of_a_catalogue_is_empty_doubtful_or_left_behind(language: Language, domain: str) -> None:
    catalogue = words.catalogue(language, domain)
    assert len(catalogue) > 100
    assert not catalogue.obsolete
    for one in catalogue:
        forms = [one.string] if isinstance(one.string, str) else one.string
        assert all(forms), one.id
        assert not one.fuzzy, one.id
        assert one.pluralizable == (len(forms) == 2), one.id


def test_every_word_asked_for_in_the_code_is_there() -> None:
    asked = {
        match[1]
        for path in (*DASHBOARD.rglob("*.py"), *DASHBOARD.rglob("*.html"))
        for match in re.finditer(r"""(?:say|speak)(?:\.count)?\(\s*"([a-z_.]+)\"""", path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 60
    assert asked - keys("es") == set()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_word_a_vote_can_carry_has_an_entry(language: Language) -> None:
    wanted = [f"position.{p}" for p in Position] + [f"reason.{r}" for r in Reason] + [f"majority.of.{b}" for b in Base]
    wanted += [f"status.{s}" for s in Status] + [f"verdict.{v}" for v in Verdict] + [f"cause.{c}" for c in Cause]
    wanted += [f"{key}_is" for key in wanted if key.startswith(("status", "verdict"))]
    wanted += [f"check.{c}.{sign}" for c in Check for sign in ("ok", "bad", "none")]
    wanted += [f"means.{m}" for m in Means] + [
        f"paper.{PaperKind.TRANSCRIPTION}",
        f"paper.{PaperKind.TRANSCRIPTION}_is",
    ]
    vote = thirty.cast("v")
    fields = [*facts_of(vote, reconcile(vote, spoken_counts=True)).fields, *PARTS, "reason", "spoken"]
    wanted += [f"field.{field}" for field in fields] + [
        f"papers.{what}" for what in ("position", "spoken", "announced")
    ]
    assert set(wanted) - keys(language) == set()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_rule_and_every_kind_of_a_members_votes_has_words(language: Language) -> None:
    wanted = [f"rule.{rule}.{part}" for rule in RULES for part in ("name", "is")]
    wanted += [f"ranks.why.{why}" for why in NoLine] + [f"away.{away}" for away in Away]
    wanted += [f"course.{way}" for way in course.WAYS] + [f"members.{sort}" for sort in directory.SORTS]
    wanted += [f"chances.{way}_{end}" for way in ("switched", "came", "moved") for end in ("reached", "failed")]
    assert set(wanted) - keys(language) == set()


def test_numbers_dates_and_moments_in_both_languages() -> None:
    assert (ES.number(289281), EN.number(289281)) == ("289,281", "289,281")
    assert (ES.count("votes", 1), ES.count("votes", 2226), EN.count("votes", 1)) == (
        "1 votación",
        "2,226 votaciones",
        "1 vote",
    )
    day = date(2023, 5, 18)
    assert (ES.day(day), EN.day(day)) == ("18 de mayo de 2023", "18 May 2023")
    assert (ES.day(day, year=False), EN.day(day, year=False)) == ("18 de mayo", "18 May")
    for month in range(1, 13):  # what stands beside a sentence to copy is written as in it
        day = date(2023, month, 9)
        assert (ES.day(day), EN.day(day)) == (spelled.day(day, "es"), spelled.day(day, "en"))
    late = datetime(2023, 5, 19, 5, 10, tzinfo=UTC)
    assert EN.moment(late, "America/Lima") == "19 May 2023, 00:10 (Lima time)"


def test_the_language_is_the_addresses_or_the_settings() -> None:
    assert words.asked({"lang": "en"}, "es") == "en"
    assert words.asked({"lang": "../en"}, "es") == "es"
    assert words.asked({}, "en") == "en"
