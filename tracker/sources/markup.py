"""How is markup read strictly: one where one is expected, text where text must be, nothing hidden in entities?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from lxml import etree
from lxml import html as lxml_html

from tracker.sources.contract import Unreadable

Element = ElementTree.Element
"""XML is read with the standard library: a member's row is cheaper to look at there than through lxml, which makes an
object of each element again each time it is touched. lxml reads the old HTML."""
HtmlElement = etree._Element

_BOM = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb"^<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ENCODINGS = {b"utf-8": "utf-8", b"us-ascii": "ascii", b"iso-8859-1": "latin-1", b"windows-1252": "cp1252"}
"""Encodings in which `<!ENTITY` is spelled with the bytes of ASCII, so that it is found before parsing."""
_DEFINITIONS = (b"<!ENTITY", b"<!ATTLIST")
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z_:][^\s;<>&]*;")


def xml(content: bytes, root: str, url: str) -> Element:
    """Parse an XML document without entities, external definitions or network, and check its root element.

    Unreadable, by code: `empty`, `html_instead_of_xml`, `wrong_encoding`, `entities`, `broken_xml`, `wrong_root`.
    """
    content = content.removeprefix(_BOM).lstrip()
    if not content:
        raise Unreadable("empty", f"{url}: the document is empty; it will be asked for again")
    if content[:64].lower().startswith((b"<!doctype html", b"<html")):
        raise _html_instead(url)
    _check_encoding(content, url)
    # A named entity is refused even where it is not declared: beside a DOCTYPE whose definitions are never fetched, the
    # parser drops an unknown one from an attribute without a word.
    if any(word in content for word in _DEFINITIONS) or (b"&" in content and _NAMED.search(content)):
        raise Unreadable(
            "entities",
            f"{url}: the document uses definitions of its own, which no official document does; it is not read",
        )
    try:
        tree = ElementTree.fromstring(content)  # noqa: S314 - no definitions, no external ones, a size limit in the fetch
    except ElementTree.ParseError as error:
        raise Unreadable(
            "broken_xml", f"{url}: {error}; the document may be cut short and will be asked for again"
        ) from error
    if tree.tag.lower().endswith("html"):
        raise _html_instead(url)
    if tree.tag != root:
        raise Unreadable("wrong_root", f"{url}: the root element is <{tree.tag}>, expected <{root}>")
    return tree


def _html_instead(url: str) -> Unreadable:
    return Unreadable(
        "html_instead_of_xml",
        f"{url}: an HTML page stands where XML was expected; open it to see what the site says",
    )


def _check_encoding(content: bytes, url: str) -> None:
    declared = _DECLARED.match(content)
    name = declared[1].lower() if declared else b"utf-8"
    codec = _ENCODINGS.get(name)
    if codec is None or b"\0" in content:
        raise Unreadable(
            "wrong_encoding",
            f"{url}: the document is not in UTF-8 (it says {name.decode()}, and zero bytes are "
            f"{'there' if bytes(1) in content else 'not there'}); it is not read",
        )
    try:
        content.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(
            "wrong_encoding",
            f"{url}: byte {error.start} is not {name.decode()}, which the document says it is; it is not read",
        ) from error


def is_whole(content: bytes) -> bool:
    """Whether an HTML page ends as it should."""
    return content[-256:].lower().rstrip().endswith(b"</html>")


def html(content: bytes, url: str) -> HtmlElement:
    """Parse an HTML page, old spelling included, without network.

    Unreadable: `empty`. A parser of HTML mends in silence: `is_whole` says whether the page has its end.
    """
    stripped = content.removeprefix(_BOM).strip()
    if not stripped:
        raise Unreadable("empty", f"{url}: the page is empty; it will be asked for again")
    try:
        stripped.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "windows-1252"
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, encoding=encoding)
    try:
        page = lxml_html.document_fromstring(stripped, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable("broken_html", f"{url}: {error}; open the page to see what the site says") from error
    return page


@lru_cache(maxsize=4096)
def plain(text: str | None) -> str | None:
    """Fold the spaces of a text; None where it is absent or empty. The same few hundred come back in every vote."""
    return " ".join(text.split()) or None if text else None


def content_of(element: Element | HtmlElement) -> str:
    """Return all the text inside an element, spaces folded to one."""
    raw = "".join(map(str, element.itertext())) if len(element) else element.text
    return " ".join(raw.split()) if raw else ""


@dataclass(frozen=True, slots=True)
class Fields:
    """The children of an element that holds each kind of child at most once."""

    parent: str
    url: str
    of: dict[str, Element]

    @classmethod
    def read(cls, element: Element, url: str, *, several: frozenset[str] = frozenset()) -> Fields:
        """Take the children of an element by name; those in `several` are left out. Unreadable: `second_element`."""
        found: dict[str, Element] = {}
        for child in element:
            tag = child.tag
            if tag in several:
                continue
            if tag in found:
                raise Unreadable("second_element", f"{url}: a second <{tag}> in <{element.tag}>, expected one")
            found[tag] = child
        return cls(element.tag, url, found)

    def __contains__(self, tag: str) -> bool:
        return tag in self.of

    def one(self, tag: str) -> Element:
        """Return the child of that name. Unreadable: `missing_element`."""
        child = self.of.get(tag)
        if child is None:
            raise Unreadable("missing_element", f"{self.url}: no <{tag}> in <{self.parent}>, expected one")
        return child

    def text(self, tag: str) -> str:
        """Return the text of a child, spaces folded; empty if the child is empty or absent."""
        child = self.of.get(tag)
        return "" if child is None else content_of(child)

    def required(self, tag: str) -> str:
        """Return the text of a child. Unreadable: `missing_element`, `missing_text`."""
        value = content_of(self.one(tag))
        if not value:
            raise Unreadable("missing_text", f"{self.url}: <{tag}> in <{self.parent}> is empty")
        return value

    def number(self, tag: str, *, empty: int | None = None) -> int:
        """Return a child's text as a whole number; `empty` is what an empty element means, None: an error.

        Unreadable: `missing_element`, `not_a_number`.
        """
        value = content_of(self.one(tag))
        if not value and empty is not None:
            return empty
        if not (value.isascii() and value.isdecimal() and len(value) <= 6):
            raise Unreadable(
                "not_a_number",
                f"{self.url}: <{tag}> in <{self.parent}> holds {value[:40]!r}, expected a whole number",
            )
        return int(value)

    def others(self, known: frozenset[str]) -> list[str]:
        """Return the names of the children that are not among the known ones."""
        return [tag for tag in self.of if tag not in known]
