"""How is a feed written as Atom (RFC 4287)?"""

from __future__ import annotations

from typing import Any, cast

from lxml import etree

from tracker.publish.feed import AUTHOR, Entry, Feed, clean, stamp

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
KIND = "application/atom+xml"


def atom(feed: Feed) -> bytes:
    """Return a feed as an Atom document."""
    root = etree.Element(f"{{{ATOM}}}feed", {LANG: feed.language}, nsmap=cast(Any, {None: ATOM}))
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", stamp(feed.updated))
    author = _add(root, "author")
    _add(author, "name", AUTHOR)
    _add(author, "uri", feed.site)
    _add(root, "rights", feed.rights)
    _add(root, "generator", AUTHOR)
    _add(root, "icon", f"{feed.site}icon.png")
    _link(root, "self", feed.here, KIND)
    _link(root, "alternate", feed.page, "text/html")
    _link(root, "alternate", *feed.other)
    for rel, address in (("first", feed.first), ("previous", feed.behind), ("next", feed.ahead)):
        if address is not None:
            _link(root, rel, address, KIND)
    for entry in feed.entries:
        _entry(root, entry)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _entry(root: Any, entry: Entry) -> None:
    at = _add(root, "entry", **{LANG: entry.language})
    _add(at, "id", entry.id)
    _add(at, "title", entry.title, **{LANG: entry.of_title})
    _add(at, "updated", stamp(entry.updated))
    _add(at, "published", stamp(entry.published))
    _link(at, "alternate", entry.link, "text/html")
    if entry.source is not None:
        _link(at, "via", entry.source)
    for term in entry.categories:
        _add(at, "category", term=clean(term))
    _add(at, "summary", entry.summary)
    _add(at, "content", entry.content, type="html")
    if entry.rights is not None:
        _add(at, "rights", entry.rights)


def _link(parent: Any, rel: str, address: str, kind: str | None = None) -> None:
    _add(parent, "link", rel=rel, href=clean(address), **({"type": kind} if kind else {}))


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text is not None:
        child.text = clean(text)
    return child
