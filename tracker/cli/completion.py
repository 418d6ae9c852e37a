"""What can the shell fill in where a command asks for a source or a legislature?"""

from __future__ import annotations


def sources(incomplete: str) -> list[str]:
    """Return the sources whose slug begins as what is typed."""
    from tracker.sources.catalogue import MODULES

    return [slug for slug in MODULES if slug.startswith(incomplete)]


def asked(incomplete: str) -> list[str]:
    """Return the sources that can be collected whose slug begins as what is typed."""
    from tracker.sources.catalogue import catalogue

    return [source.slug for source in catalogue().values() if source.sheet.asked and source.slug.startswith(incomplete)]


def places(incomplete: str) -> list[str]:
    """Return the legislatures and sources whose slug begins as what is typed."""
    from tracker.sources.catalogue import catalogue

    known = {slug for source in catalogue().values() for slug in (source.sheet.chamber.slug, source.sheet.slug)}
    return sorted(slug for slug in known if slug.startswith(incomplete))
