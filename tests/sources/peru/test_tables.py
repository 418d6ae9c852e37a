"""Are tables read strictly, and the slips that are read past said?"""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.contract import Unreadable
from tracker.sources.peru import tables

CELL = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=30)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=20))
def test_whatever_a_writer_of_csv_writes_is_read_as_it_was(table: list[tuple[str, str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *table])
    read = tables.rows(out.getvalue().encode(), "x", ("c", "a", "b"))
    assert read == [tuple(" ".join(cell.split()) for cell in (c, a, b)) for a, b, c in table]


def test_a_column_that_may_be_there_is_empty_where_it_is_not() -> None:
    assert tables.rows(b"b,a\n2,1\n", "x", ("a", "b"), perhaps=("n",)) == [("1", "2", "")]
    assert tables.rows(b"n,b,a\n7,2,1\n", "x", ("a", "b"), perhaps=("n",)) == [("1", "2", "7")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a,b,z\n", "columns"),
        (b"a\n", "columns"),
        (b"a,b,a\n", "columns"),
        (b"a,b\n1\n", "broken_table"),
        (b"a,b\n1,2,3\n", "broken_table"),
        (b'a,b\n1,"2" 3\n', "broken_table"),
        (b"a,b\n1,\xf1\n", "wrong_encoding"),
        ("a,b\n1,ñ\n".encode("utf-16"), "wrong_encoding"),
        (b"a,b\n1,\0\n", "wrong_encoding"),
        (b"a,b\n" + b"1,2\n" * tables.MOST_ROWS, "too_large"),
        (b"a,b\n1," + b"x" * (tables.MOST_LETTERS + 1), "too_large"),
        (b"a,b\n1," + b"x" * 200_000, "broken_table"),
    ],
)
def test_what_is_no_such_table_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        tables.rows(content, "data/x.csv", ("a", "b"))
    assert refusal.value.code == code
    assert "data/x.csv" in str(refusal.value)


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    assert tables.rows(b"\xef\xbb\xbfa,b\r\n1,2\r\n", "x", ("a", "b")) == [("1", "2")]


@pytest.mark.parametrize(
    ("line", "value", "regular"),
    [
        ('presidente,"WILLIAMS ZAPATA, JOSÉ DANIEL"', "WILLIAMS ZAPATA, JOSÉ DANIEL", True),
        ("presidente,WILLIAMS ZAPATA, JOSÉ DANIEL", "WILLIAMS ZAPATA, JOSÉ DANIEL", False),
        ('16:39,","El presidente deja constancia, y calla." ', "El presidente deja constancia, y calla.", False),
        ('asunto,"MOCIÓN "TAL", Y CUAL"', 'MOCIÓN "TAL", Y CUAL', False),
        ("quorum,61", "61", True),
        ("asunto,", "", True),
    ],
)
def test_two_columns_are_read_line_by_line_where_the_quotes_are_in_disorder(
    line: str, value: str, regular: bool
) -> None:
    read, sound = tables.pairs(f"metadato,valor\n{line}\n".encode(), "x", ("metadato", "valor"))
    assert (read, sound) == ([(line.partition(",")[0], value)], regular)


def test_two_columns_need_their_head() -> None:
    for content in (b"", b"hora\n", b"nota,hora\n16:39,x\n"):
        with pytest.raises(Unreadable, match="first line"):
            tables.pairs(content, "x", ("hora", "nota"))


def test_counts_are_counts() -> None:
    assert tables.number("130", "x") == 130
    for cell in ("", "-1", "1.0", "١", "12345", "NaN"):
        with pytest.raises(Unreadable) as refusal:
            tables.number(cell, "resultados.csv, si")
        assert refusal.value.code == "not_a_number"
