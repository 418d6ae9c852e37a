"""How is markup read strictly: one where one is expected, some where some are, text where text must be?"""

from __future__ import annotations

from lxml import etree

from tracker.sources.contract import Unreadable

Element = etree._Element


def xml(content: bytes, root: str, url: str) -> Element:
    """Parse an XML document without entities, external definitions or network, and check its root element.

    Unreadable, by code: `empty`, `html_instead_of_xml`, `entities`, `broken_xml`, `wrong_root`.
    """
    head = content[:4096].lstrip().lower()
    if not head:
        raise Unreadable("empty", f"{url}: the document is empty; it will be asked for again")
    if head.startswith((b"<!doctype html", b"<html")):
        raise Unreadable(
            "html_instead_of_xml",
            f"{url}: an HTML page stands where XML was expected; open it to see what the site says",
        )
    if b"<!entity" in head:
        raise Unreadable(
            "entities",
            f"{url}: the document declares entities, which no official roll call does; it is not read",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        tree = etree.fromstring(content.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            "broken_xml", f"{url}: {error.msg}; the document may be cut short and will be asked for again"
        ) from error
    if tree.tag != root:
        raise Unreadable("wrong_root", f"{url}: the root element is <{tree.tag}>, expected <{root}>")
    return tree


def exactly_one(parent: Element, tag: str, url: str) -> Element:
    """Return the only child of that name. Unreadable if there is none or a second."""
    found = parent.findall(tag)
    if len(found) != 1:
        raise Unreadable(
            "missing_element" if not found else "second_element",
            f"{url}: {len(found)} <{tag}> in <{parent.tag}>, expected one",
        )
    return found[0]


def some(parent: Element, tag: str, url: str) -> list[Element]:
    """Return the children of that name. Unreadable if there is none."""
    found = parent.findall(tag)
    if not found:
        raise Unreadable("missing_element", f"{url}: no <{tag}> in <{parent.tag}>")
    return found


def text(parent: Element, tag: str, url: str) -> str:
    """Return the text of the only child of that name, spaces folded; empty if it is empty or absent. Unreadable if there are two."""
    found = parent.findall(tag)
    if len(found) > 1:
        raise Unreadable("second_element", f"{url}: {len(found)} <{tag}> in <{parent.tag}>, expected one")
    return " ".join((found[0].text or "").split()) if found else ""


def required_text(parent: Element, tag: str, url: str) -> str:
    """Return the text of the only child of that name. Unreadable if it is absent, double or empty."""
    value = text(parent, tag, url)
    if not value:
        raise Unreadable("missing_text", f"{url}: <{tag}> in <{parent.tag}> is absent or empty")
    return value


def number(parent: Element, tag: str, url: str, *, empty: int | None = None) -> int:
    """Return a child's text as a whole number; `empty` is what an empty element means, None: an error."""
    value = text(parent, tag, url)
    if not value and empty is not None:
        return empty
    if not value.isdecimal():
        raise Unreadable("not_a_number", f"{url}: <{tag}> in <{parent.tag}> holds {value!r}, expected a whole number")
    return int(value)
