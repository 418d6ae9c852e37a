"""What does a plain page say of itself to search engines and link previews? Facts of the record, nothing inferred."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dashboard import links
from dashboard.components import heading, standing
from dashboard.components.escape import Html, data
from dashboard.components.groups import PLACES
from dashboard.components.tally import KINDS, figure
from dashboard.routes.asked import Asked
from dashboard.words import LANGUAGES, Words
from tracker.domain.spelled import Language
from tracker.domain.votes import Tally
from tracker.queries.shape import moment
from tracker.queries.view import VoteView

LOCALES = {"es": "es_PE", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Described:
    """The head of a page. `lasting`: it is the one to be found, not an earlier reading or another paper's record.

    `card` is the address of the picture that goes with a link: of this very reading, so that no cache shows an old
    count.
    """

    title: str
    count: str
    text: str
    lasting: bool
    canonical: str
    languages: tuple[tuple[str, str], ...]
    json: str
    card: str
    locale: str
    linked_data: Html


def describe(view: VoteView, asked: Asked) -> Described:
    """Return what is to be said of a vote's page. Provisional figures are called so before anything else."""
    say = asked.say
    warning = standing.provisional(view, say)
    text = heading.told(view, say)
    own = view.leads_to is not None
    pages = {language: page_of(view, replace(asked, language=language)) for language in LANGUAGES}
    canonical = pages[asked.language]
    json = _whole(asked.site, links.plain(f"{view.id}.json", own=own))
    count = figure(view.tallies.best, abstention=view.chamber.abstention)
    return Described(
        title=" · ".join(filter(None, (warning, heading.page_title(view).removesuffix(" · Escrutinio")))),
        count=" · ".join(filter(None, (warning, count))),
        text=text,
        lasting=view.in_force and not own and view.as_of is None,
        canonical=canonical,
        languages=tuple(pages.items()),
        json=json,
        card=_whole(asked.site, card_of(view, asked.language)),
        locale=LOCALES[say.language],
        linked_data=data(_linked(view, say, canonical, json, text)),
    )


def page_of(view: VoteView, asked: Asked) -> str:
    """Return the whole address of the plain page of what stands now, in the language asked for."""
    return _whole(asked.site, links.plain(view.id, asked.lang, own=view.leads_to is not None))


def card_of(view: VoteView, language: Language) -> str:
    """Return the address of the card of a reading in a language."""
    return links.plain(f"{view.id}/card.png", language, view.version, own=view.leads_to is not None)


def _whole(site: str, address: str) -> str:
    return site + address.removeprefix("./")


def _linked(view: VoteView, say: Words, canonical: str, json: str, text: str) -> dict[str, Any]:
    """Describe the record as a data set about the event of voting, in the words of schema.org."""
    when = view.taken_at.isoformat() if view.taken_at else view.sitting_date.isoformat()
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": canonical,
        "url": canonical,
        "identifier": view.id,
        "name": view.subject,
        "description": text,
        "inLanguage": view.chamber.language,
        "creativeWorkStatus": say(f"status.{view.status}"),
        "version": str(view.version),
        "dateModified": moment(view.origin.at),
        "temporalCoverage": when,
        "about": {
            "@type": "Event",
            "name": view.subject,
            "startDate": when,
            "organizer": {"@type": "GovernmentOrganization", "name": view.chamber.title},
            "about": [{"@type": "Legislation", "legislationIdentifier": number} for number in view.bills],
        },
        "variableMeasured": [
            {"@type": "PropertyValue", "propertyID": f"{kind}.{place}", "name": f"{name}: {word}", "value": n}
            for kind in ("final", *KINDS)
            for name in (say(f"tally.{kind}"),)
            for place, word, n in _counts(view, kind, say)
        ],
        "isBasedOn": [
            {
                "@type": "MediaObject",
                "contentUrl": paper.url,
                "encodingFormat": paper.media_type,
                "contentSize": str(paper.size),
                "sha256": paper.sha256,
            }
            for paper in view.evidence
        ],
        "distribution": {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": json},
    }


def _counts(view: VoteView, kind: str, say: Words) -> list[tuple[str, str, int]]:
    """Return the figures of a count; what it says nothing of is left out."""
    tally: Tally | None = getattr(view.tallies, kind)
    if tally is not None and tally.candidates:
        return [(name, name, n) for name, n in tally.candidates]
    figures = ((place, view.says(kind, place)) for place in PLACES)
    return [(str(place), say(f"position.{place}"), n) for place, n in figures if n is not None]
