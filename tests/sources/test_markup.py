"""Does strict reading of markup refuse what it should, each by its own name?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.contract import Unreadable
from tracker.sources.markup import Fields, content_of, html, is_whole, xml

URL = "https://example.org/a.xml"


def fields(inner: str) -> Fields:
    return Fields.read(xml(f"<a>{inner}</a>".encode(), "a", URL), URL)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (b"  <HTML><body>", "html_instead_of_xml"),
        (b"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><p>", "html_instead_of_xml"),
        (b"<!-- hello --><html><body/></html>", "html_instead_of_xml"),
        (b"<a><b></a>", "broken_xml"),
        (b"<a>", "broken_xml"),
        (b"<a/><a/>", "broken_xml"),
        (b'<a b="1" b="2"/>', "broken_xml"),
        (b"plain words", "broken_xml"),
        (b"<a>&#0;</a>", "broken_xml"),
        (b"<b/>", "wrong_root"),
        (b'<a xmlns="urn:x"/>', "wrong_root"),
        (b"<a>\xe9</a>", "wrong_encoding"),
        (b"<a>\0</a>", "wrong_encoding"),
        (b'<?xml version="1.0" encoding="UTF-8"?><a>\xff</a>', "wrong_encoding"),
        (b"<?xml version='1.0' encoding='cp037'?><a/>", "wrong_encoding"),
        (b"<?xml version='1.0' encoding='utf-16'?><a/>", "wrong_encoding"),
        ("<a/>".encode("utf-16"), "wrong_encoding"),
        ("<a/>".encode("utf-32"), "wrong_encoding"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "entities"),
        (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><a/>', "entities"),
        (b'<!DOCTYPE a SYSTEM "a.dtd"><a b="&nbsp;"/>', "entities"),
        (b'<!DOCTYPE a SYSTEM "a>b" [<!ATTLIST a b CDATA "made up">]><a/>', "entities"),
        (b'<!DOCTYPE a SYSTEM "a.dtd">' + b" " * 9000 + b"<a>&undeclared;</a>", "entities"),
    ],
)
def test_what_is_no_plain_xml_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        xml(content, "a", URL)
    assert refusal.value.code == code
    assert URL in str(refusal.value)


@pytest.mark.parametrize(
    "content",
    [
        b"<a>x</a>",
        b"\xef\xbb\xbf<a>x</a>",
        b"\r\n<a>x</a>\r\n",
        b'<?xml version="1.0" encoding="utf-8"?>\r\n<!DOCTYPE a SYSTEM "../none.dtd"><?style x?><!-- c --><a>x</a>',
        b'<?xml version="1.0" encoding="ISO-8859-1"?><a>x</a>',
    ],
)
def test_plain_xml_is_read(content: bytes) -> None:
    assert content_of(xml(content, "a", URL)) == "x"


def test_comments_and_instructions_do_not_cut_a_text() -> None:
    assert content_of(xml(b"<a>one <!-- x -->two <?p q?>three</a>", "a", URL)) == "one two three"


def test_the_five_entities_and_numbers_are_plain_text() -> None:
    assert content_of(xml(b"<a>&lt;&amp;&gt;&quot;&apos;&#233;&#x2019;</a>", "a", URL)) == "<&>\"'é’"


def test_a_declared_encoding_is_believed() -> None:
    content = "<?xml version='1.0' encoding='windows-1252'?><a>“é”</a>".encode("cp1252")
    assert content_of(xml(content, "a", URL)) == "“é”"


def test_deep_nesting_does_no_harm() -> None:
    depth = 200_000
    assert content_of(xml(b"<a>" * depth + b"x" + b"</a>" * depth, "a", URL)) == "x"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for read in (lambda: xml(b"<a>" + content + b"</a>", "a", URL), lambda: html(content + b"</html>", URL)):
        try:
            element = read()
        except Unreadable:
            continue
        assert element is not None


def test_spaces_are_folded() -> None:
    assert fields("<b>  two\n\t words </b>").text("b") == "two words"
    assert fields("<b>On the Amendment\n   <m>S.Amdt. 1</m></b>").text("b") == "On the Amendment S.Amdt. 1"


def test_one_where_one_is_expected() -> None:
    found = fields("<b>1</b><c/>")
    assert found.one("b").text == "1"
    assert "b" in found
    assert "d" not in found
    assert (found.text("c"), found.text("d")) == ("", "")
    assert found.others(frozenset("b")) == ["c"]
    for ask, code in (
        (lambda: found.one("d"), "missing_element"),
        (lambda: found.required("d"), "missing_element"),
        (lambda: found.required("c"), "missing_text"),
        (lambda: fields("<b/><b/>"), "second_element"),
    ):
        with pytest.raises(Unreadable) as refusal:
            ask()
        assert refusal.value.code == code


def test_several_where_several_are_allowed() -> None:
    element = xml(b"<a><b/><b/><c>1</c></a>", "a", URL)
    assert Fields.read(element, URL, several=frozenset("b")).of.keys() == {"c"}


@pytest.mark.parametrize("text", ["", "x", "1.0", "-1", "+1", "1 2", "٣", "²", "1e3", "9" * 7])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        fields(f"<b>{text}</b>").number("b")
    assert refusal.value.code == "not_a_number"


def test_a_number_is_read() -> None:
    assert fields("<b> 00238 </b>").number("b") == 238
    assert fields("<b/>").number("b", empty=0) == 0
    with pytest.raises(Unreadable):
        fields("").number("b", empty=0)


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        html(b" ", URL)
    assert refusal.value.code == "empty"


@pytest.mark.parametrize(
    ("content", "whole"), [(b"<html></HTML>\r\n", True), (b"<html><body>", False), (b"<p>words</p>", False)]
)
def test_a_page_without_its_end_is_known(content: bytes, whole: bool) -> None:
    assert is_whole(content) is whole


def test_old_pages_are_read_whatever_their_encoding() -> None:
    for encoding in ("utf-8", "windows-1252"):
        page = html("<HTML><BODY><TABLE><TR><TD>José “x”</TABLE></BODY></HTML>\r\n".encode(encoding), URL)
        [cell] = page.iter("td")
        assert content_of(cell) == "José “x”"
