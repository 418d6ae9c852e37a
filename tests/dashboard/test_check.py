"""Does the page that checks claims say what the record says, and refuse what it cannot read in words?"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import seed

from dashboard.components.verdicts import EXAMPLE
from tracker.claims.read import PAGE_LONGEST

Open = Callable[..., Any]
HOSTILE = '<script>alert(1)</script> With 70 votes in favor, 33 against <img src=x onerror="alert(2)"> approved'


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The vote this product began with, as the minutes have it, alone in a database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('founding')}/votes.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    writer = seed.Writer(engine, seed.MINUTES)
    writer.register(seed.register())
    at = datetime(2023, 6, 12, 14, 3, tzinfo=UTC)
    writer.take(seed.reading(seed.MINUTES, seed.founding(), url="https://example.org/minutes.pdf", at=at))
    writer.flush()
    engine.dispose()
    return url


def test_the_founding_sentence_matches_with_its_ledger(page: Open, founding: str) -> None:
    shown = page("check", at=founding, lang="en", claim=EXAMPLE)
    assert "Matches the count with votes put on record" in shown.text
    assert "as on record: final count" in shown.text
    assert "fits, by" in shown.text
    assert 'class="esc-ledger"' in shown.html
    assert "esc-badge" in shown.html, "how settled the record is stands beside it"
    assert shown.html.count("<mark>70</mark>") == 1
    for word in (
        "SHA-256", "70–33–4", "Read as counts: yes 70, no 33, abstentions 4", "Marticorena Mendoza, Jorge",
        "sitting of 18 May 2023 · voted at 00:10 on 19 May 2023",
        "Who broke ranks: 8 names 8 members voted differently",
    ):  # fmt: skip
        assert word in shown.text
    assert '<details open="" class="esc-apart">' in shown.html


def test_the_form_shrinks_once_there_is_an_answer(page: Open, founding: str) -> None:
    asked, answered = (page("check", at=founding, lang="en", **query) for query in ({}, {"claim": EXAMPLE}))
    assert "See an example" in asked.text
    assert "See an example" not in answered.text


def test_in_spanish_it_says_the_same(page: Open, founding: str) -> None:
    shown = page("check", at=founding, claim=EXAMPLE)
    assert "Coincide con el conteo que incluye los votos dejados en constancia" in shown.text


def test_the_board_is_told_from_the_count(page: Open, founding: str) -> None:
    board = seed.founding().printed.board
    assert board is not None
    claim = f"Peru's Congress approved the entry of US troops: {board.yes} to {board.no}, {board.abstain} abstained"
    shown = page("check", at=founding, lang="en", claim=claim)
    assert "Matches the board only" in shown.text
    assert "Board · the figure in the text" in shown.text


def test_of_two_cards_neither_unfolds_who_broke_ranks(page: Open, founding: str) -> None:
    shown = page("check", at=founding, lang="en", claim=f"{EXAMPLE}. {EXAMPLE}.")
    assert shown.html.count('<details class="esc-apart">') == 2


@pytest.mark.parametrize(("yes", "own"), [(10, True), (9, False)])
def test_the_figures_of_a_group_are_not_taken_for_those_of_the_vote(
    page: Open, founding: str, yes: int, own: bool
) -> None:
    claim = f"Acción Popular voted {yes} in favor and 4 against the entry of US troops into Peru"
    text = page("check", at=founding, lang="en", claim=claim).text
    assert ("The figures are those of one group in this vote" in text) is own
    assert ("those of Acción Popular, 10–4–0, not of the whole vote" in text) is own
    assert ("To reach the count in force" in text) is not own
    assert "Groups that are named Acción Popular : 10–4–0" in text


def test_what_a_member_did_stands_before_the_counts(page: Open, founding: str) -> None:
    text = page("check", at=founding, lang="en", claim="Taipe Coronado voted in favor of the entry of US troops").text
    assert "The record has something else of members who are named" in text
    assert text.index("Taipe Coronado : the record has: no") < text.index("70–33–4")
    assert "sentence before" not in text


def test_a_subject_that_hardly_fits_is_not_said_to_fit(page: Open, founding: str) -> None:
    claim = "Congress passed by 70 votes to 33 a law on foreign banks, mines, schools and troops"
    text = page("check", at=founding, lang="en", claim=claim).text
    assert "These figures are on record for another subject" in text
    assert "Subject something in common by its words, not enough" in text


def test_what_is_provisional_is_called_so_wherever_its_count_stands(page: Open, tmp_path: Path) -> None:
    filled = seed.seeded(f"sqlite:///{tmp_path}/votes.sqlite")
    seed.waiting(filled.engine, said="Roads of the north")
    claim = "On 30 September 2023 the US House passed the roads of the north by 4 votes to 2"
    card = page("check", at=filled.url, lang="en", claim=claim).text
    assert "Provisional" in card
    assert (
        "The vote in the U.S. House at the sitting of Sept. 30, 2023, was 4-2, according to the provisional record."
        in card
    )
    beside = page("compare", at=filled.url, lang="en", a=seed.PROVISIONAL, b=seed.HOUSE).text
    assert "30 September 2023, 13:37 Provisional" in beside


def test_of_several_votes_the_others_are_listed(page: Open) -> None:
    shown = page("check", lang="en", claim=EXAMPLE)
    assert "Several votes fit" in shown.text
    assert "Other votes that fit" in shown.text


def test_the_day_of_the_article_stands_in_the_address(page: Open, founding: str) -> None:
    claim = "Yesterday the Congress of Peru approved the entry of US troops with 70 votes in favor and 33 against"
    assert "Day fits" in page("check", at=founding, lang="en", claim=claim, date="2023-05-19").text
    assert "Matches the count" not in page("check", at=founding, lang="en", claim=claim, date="2024-05-19").text


def test_a_text_without_claims_says_so(page: Open) -> None:
    shown = page("check", lang="en", claim="It rained in Lima.")
    assert "No count of a vote" in shown.text
    assert "See an example · Search all votes" in shown.text, "there is a way on"


def test_too_long_a_text_is_refused_in_words(page: Open) -> None:
    shown = page("check", lang="en", claim="a" * (PAGE_LONGEST + 1))
    assert "20,001 characters; this page reads at most 20,000" in shown.text
    assert "esc-claim" not in shown.html


def test_what_is_no_text_is_refused_in_words(page: Open) -> None:
    assert "no text that can be read" in page("check", lang="en", claim="70 to 33\0 votes").text


def test_hostile_text_stays_text(page: Open) -> None:
    shown = page("check", lang="en", claim=HOSTILE)
    assert html.escape("<img src=x") in shown.html
    assert "<script>" not in shown.html
    assert "<img src=x" not in shown.html


def test_without_data_it_says_there_is_no_record(page: Open, empty: str) -> None:
    assert "No such vote is on record here" in page("check", at=empty, lang="en", claim=EXAMPLE).text


@pytest.mark.parametrize("claim", ["", EXAMPLE])
def test_a_broken_database_is_said_to_be_one(page: Open, claim: str) -> None:
    assert "no database at" in page("check", at="sqlite:////nowhere/votes.sqlite", lang="en", claim=claim).text


def test_a_draft_of_a_claim_review_can_be_taken_along(page: Open, founding: str) -> None:
    shown = page("check", at=founding, lang="en", claim=EXAMPLE, appeared="https://press.example/a")
    (written,) = [code.value for code in shown.app.code if "ClaimReview" in code.value]
    draft = json.loads(written)
    assert draft["itemReviewed"]["appearance"]["url"] == "https://press.example/a"
    assert "was 70-33, with four abstentions" in draft["reviewBody"]
    assert draft["reviewRating"]["ratingValue"] == ""
    assert "Draft of a ClaimReview" not in page("check", at=founding, lang="en", claim="It rained in Lima.").text
