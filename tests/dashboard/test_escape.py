"""Does anything a source can print get out of the text it stands in?"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.escape import Html, el, join, safe_address, text

HOSTILE = (
    st.text(alphabet=st.sampled_from("<>&\"'/= \n`$*_[](){}!-abscriptonjv:\\;\x00\u202e\u200bñé💥"), max_size=80)
    | st.text()
)
CONTROL = {*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(14, 32)), "\x7f"}


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.data += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def seen(markup: Html) -> Seen:
    parser = Seen()
    parser.feed(markup)
    parser.close()
    return parser


@given(HOSTILE)
def test_text_stays_text_inside_an_element_and_an_attribute(hostile: str) -> None:
    found = seen(el("p", hostile, title=hostile, class_="x"))
    assert [(tag, set(attrs)) for tag, attrs in found.tags] == [("p", {"title", "class"})]
    assert found.tags[0][1]["title"] == found.data
    assert not CONTROL & set(found.data)
    assert not {"\u202e", "\u200b", "\u2066"} & set(found.data)


@given(st.lists(HOSTILE, max_size=5))
def test_many_children_are_each_escaped(many: list[str]) -> None:
    found = seen(el("ul", [el("li", one) for one in many], None, many))
    assert [tag for tag, _ in found.tags] == ["ul"] + ["li"] * len(many)
    assert not seen(join(many, "<br>")).tags


@given(HOSTILE)
def test_no_address_runs_code(hostile: str) -> None:
    for address in (hostile, f"javascript:{hostile}", f"//{hostile}", f"data:{hostile}"):
        (_, attrs), *more = seen(el("a", "x", href=address)).tags
        assert not more
        href = attrs.get("href")
        assert href is None or href.startswith(("http://", "https://", "./", "/", "?", "#"))
        assert href is None or not href.startswith("//")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://clerk.house.gov/evs/2023/roll519.xml", True), ("http://[::1]/x", True), ("./vote?id=a", True),
        ("#source", True), ("?q=1", True), ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False), ("//", False),
        ("//evil.example/x", False), ("/\\evil.example", False), ("data:text/html,x", False), ("http:evil", False),
        ("https://[x", False), ("vote", False), ("", False), (" https://x.example", False), ("\x01javascript:x", False),
    ],
)  # fmt: skip
def test_addresses(address: str, safe: bool) -> None:
    assert safe_address(address) is safe


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "p onclick=x", "P", "", "p>"])
def test_an_element_that_is_none_for_a_page_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        el(tag, "x")


@pytest.mark.parametrize("name", ["onclick", "onload", "style", "srcdoc", "x y", "X", "a=b"])
def test_an_attribute_that_could_run_code_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no attribute"):
        el("p", "x", **{name: "1"})


def test_html_made_here_is_not_escaped_twice() -> None:
    assert el("p", el("b", "a & b"), 3, None) == "<p><b>a &amp; b</b>3</p>"
    assert text(text("<")) == "&lt;"
    assert el("span", grow=4) == '<span style="flex-grow:4"></span>'
    assert el("br") == "<br>"
