"""The rules of RFC 4287, held against a document: what every feed and entry must have, and may have only once."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from lxml import etree

A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")
IRI = re.compile(r"[^\s<>\"{}|\\^`\x00-\x20]+")
ONCE = {
    "feed": {"id": 1, "title": 1, "updated": 1, "subtitle": 0, "rights": 0, "generator": 0, "icon": 0, "logo": 0},
    "entry": {"id": 1, "title": 1, "updated": 1, "published": 0, "summary": 0, "content": 0, "rights": 0, "source": 0},
}
"""How many there are at least of what there is at most one."""
MANY = {"feed": {"author", "category", "contributor", "link", "entry"}, "entry": {"author", "category", "link"}}


def faults(document: bytes) -> list[str]:
    """Return what is wrong with a feed document, each in a sentence; none: it is valid."""
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.tag != f"{A}feed":
        return [f"the root is {root.tag}"]
    found = [*_container(root, "feed"), *_links(root, "feed")]
    if not root.findall(f"{A}author"):
        found.append("the feed has no author, so its entries need their own")
    if not LANGUAGE.fullmatch(root.get(LANG, "")):
        found.append("the feed names no language")
    entries = root.findall(f"{A}entry")
    for entry in entries:
        found += [*_container(entry, "entry"), *_links(entry, "entry")]
        content = entry.find(f"{A}content")
        if content is not None and content.get("type", "text") not in ("text", "html"):
            found.append(f"content of type {content.get('type')}")
    twice = [id for id, n in Counter(entry.findtext(f"{A}id") for entry in entries).items() if n > 1]
    found += [f"two entries are {id}" for id in twice]
    found += [f"{one.tag} is of no namespace we know" for one in root.iter(etree.Element) if not one.tag.startswith(A)]
    return found


def _container(element: etree._Element, kind: str) -> list[str]:
    names = Counter(str(child.tag).removeprefix(A) for child in element)
    found = [f"{kind}: {names[name]} of {name}" for name, least in ONCE[kind].items() if not least <= names[name] <= 1]
    found += [f"{kind}: {name} has no place here" for name in names if name not in {*ONCE[kind], *MANY[kind]}]
    id = element.findtext(f"{A}id") or ""
    if not TAG.fullmatch(id):
        found.append(f"{kind}: the id {id} is no tag (RFC 4151)")
    for name in ("updated", "published"):
        found += [f"{kind}: {name} is {at.text}" for at in element.findall(f"{A}{name}") if not _is_moment(at.text)]
    found += [f"{kind}: an empty title" for title in element.findall(f"{A}title") if not (title.text or "").strip()]
    for person in element.findall(f"{A}author"):
        if [str(child.tag) for child in person].count(f"{A}name") != 1:
            found.append("an author without one name")
    found += [f"{kind}: a category without a term" for c in element.findall(f"{A}category") if not c.get("term")]
    return found


def _is_moment(text: str | None) -> bool:
    return bool(MOMENT.fullmatch(text or ""))


def _links(element: etree._Element, kind: str) -> list[str]:
    links = element.findall(f"{A}link")
    found = [f"{kind}: {link.get('href')!r} is no whole address" for link in links if not whole(link.get("href", ""))]
    if kind == "feed" and [link.get("rel") for link in links].count("self") != 1:
        found.append("the feed has not one link to itself")
    others = Counter(
        (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
    )
    found += [f"{kind}: two alternates of {key}" for key, n in others.items() if n > 1]
    if kind == "entry" and not others and element.find(f"{A}content") is None:
        found.append("an entry with neither content nor a page")
    return found


def whole(address: str) -> bool:
    """Whether an address is an IRI with scheme and host, and nothing that has no place in one."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and bool(IRI.fullmatch(address))
