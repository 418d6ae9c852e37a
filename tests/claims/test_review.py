"""Does the draft for a fact-checking desk say what the record says, and leave the rating to a person?"""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import Engine

from tracker.claims.review import Appeared, drafts
from tracker.claims.shown import shown

TROOPS = "Con 70 votos a favor, 33 en contra y 4 abstenciones, el Congreso aprobó el ingreso de tropas de EE. UU."
ARTICLE = Appeared(date(2023, 5, 20), "https://press.example/2023/05/tropas?x=1#arriba")
NOWHERE = "El Senado de Chile aprobó por 25 votos a 12 la reforma de pensiones."


def test_it_holds_the_claim_the_article_and_the_record(record: Engine) -> None:
    found = shown(record, TROOPS, ARTICLE.on)
    (draft,) = drafts(found, ARTICLE, check="https://here.example/check?claim=x", site="https://here.example/")
    assert (draft["@context"], draft["@type"]) == ("https://schema.org", "ClaimReview")
    assert draft["claimReviewed"] == TROOPS
    assert draft["url"] == "https://here.example/check?claim=x"
    claim = draft["itemReviewed"]
    assert (claim["@type"], claim["datePublished"], claim["appearance"]["url"]) == ("Claim", "2023-05-20", ARTICLE.at)
    assert "70 votos a favor, 33 en contra y 4 abstenciones" in draft["reviewBody"]
    vote = found.cards[0].view
    assert vote is not None
    assert draft["isBasedOn"] == [f"https://here.example/v/{vote.id}", vote.origin.url]


def test_what_only_a_person_can_say_is_left_empty(record: Engine) -> None:
    (draft,) = drafts(shown(record, TROOPS), Appeared())
    assert set(draft["reviewRating"].values()) == {"Rating", ""}
    assert draft["author"]["name"] == draft["itemReviewed"]["author"]["name"] == draft["datePublished"] == ""
    assert not {"true", "false", "correct", "verdict"} & set(json.dumps(draft).lower().split('"'))


def test_a_claim_without_a_record_has_a_draft_that_says_nothing_of_one(record: Engine) -> None:
    (draft,) = drafts(shown(record, NOWHERE), ARTICLE)
    assert "reviewBody" not in draft
    assert "isBasedOn" not in draft


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "press.example/x", "http://", "https://x.example/" + "a" * 500, "http://[::1", "ftp://x.example/a"],
)  # fmt: skip
def test_what_is_no_address_of_an_article_is_left_out(address: str) -> None:
    assert Appeared(at=address).address == ""
