"""What can be handed to a fact-checking desk: a draft of a ClaimReview, whose rating only a person can give?

The words are schema.org's (https://schema.org/ClaimReview). Whoever publishes one rates the claim, names itself and the
claim's author: these stay empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tracker.claims.shown import Card, Shown
from tracker.domain.spelled import Language
from tracker.queries import quote

LONGEST = 500
"""Characters of an address of an article."""
_RATING = ("ratingValue", "bestRating", "worstRating", "alternateName")


@dataclass(frozen=True, slots=True)
class Appeared:
    """Where a text stood: the day and the address of the article, as far as they are known."""

    on: date | None = None
    at: str = ""

    @property
    def address(self) -> str:
        """The address, if it is one that can be linked to; else nothing."""
        try:
            parts = urlsplit(self.at.strip())
        except ValueError:
            return ""
        whole = parts.scheme in ("http", "https") and parts.netloc and len(self.at) <= LONGEST
        return parts.geturl() if whole else ""


def drafts(found: Shown, appeared: Appeared, *, check: str = "", site: str = "") -> list[dict[str, Any]]:
    """Return a draft for each claim of a text, in order.

    `check` is the address where the text is checked, `site` our own, with a last `/`; empty where there is none.
    """
    return [_draft(card, found.language, appeared, check, site) for card in found.cards]


def _draft(card: Card, language: Language, appeared: Appeared, check: str, site: str) -> dict[str, Any]:
    view = card.view
    record: dict[str, Any] = {}
    if view is not None:
        told = quote.sentence(view, language)
        record["reviewBody"] = " ".join(filter(None, (told, quote.citation(view, language))))
        record["isBasedOn"] = [*([f"{site}v/{view.id}"] if site else []), view.origin.url]
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": check,
        "inLanguage": language,
        "datePublished": "",
        "author": {"@type": "Organization", "name": "", "url": ""},
        "claimReviewed": card.answer.claim.text,
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": appeared.on.isoformat() if appeared.on else "",
            "author": {"@type": "Person", "name": ""},
            "appearance": {"@type": "CreativeWork", "url": appeared.address},
        },
        **record,
        "reviewRating": {"@type": "Rating", **dict.fromkeys(_RATING, "")},
    }
