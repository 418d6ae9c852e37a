"""Do a record's files come out of their one document as they went in, and nothing else?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.contract import Unreadable
from tracker.sources.peru import bundle

NAMES = st.from_regex(r"(\.\./)?[a-z_]{1,20}\.csv", fullmatch=True)
FILES = st.dictionaries(NAMES, st.binary(max_size=200), max_size=bundle.MOST_FILES)
FOLDER = "data/2021-2026/2023/05/18/2023-05-19T00-10-votacion"


@given(FILES, st.randoms())
def test_what_goes_in_comes_out_and_the_order_does_not_matter(files: dict[str, bytes], chance: object) -> None:
    content = bundle.pack(FOLDER, files)
    found = bundle.unpack(content, "x")
    assert (found.folder, dict(found.files)) == (FOLDER, files)
    assert bundle.pack(FOLDER, dict(reversed(files.items()))) == content


@given(FILES, st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_a_document_that_was_touched_is_never_read_as_other_files_than_it_names(
    files: dict[str, bytes], at: int, put: bytes
) -> None:
    """Cut, lengthened or changed, it is refused, or it is exactly what `pack` makes of what is read out of it."""
    content = bundle.pack(FOLDER, files)
    at = min(at, len(content))
    for touched in (content[:at], content[:at] + put + content[at:], content[:at] + put + content[at + len(put) :]):
        try:
            found = bundle.unpack(touched, "x")
        except Unreadable:
            continue
        assert bundle.pack(found.folder, found.files) == touched


def test_files_in_another_order_are_another_document() -> None:
    ordered = bundle.pack(FOLDER, {"a.csv": b"", "b.csv": b""})
    head, first, second = (
        ordered.partition(b"==> a.csv")[0],
        b"==> a.csv, 0 bytes <==\n\n",
        b"==> b.csv, 0 bytes <==\n\n",
    )
    assert head + first + second == ordered
    with pytest.raises(Unreadable, match="order"):
        bundle.unpack(head + second + first, "x")


def test_it_can_be_read_by_a_person() -> None:
    content = bundle.pack(FOLDER, {"notas.csv": b"hora,nota\n", "../pleno.csv": b"metadato,valor"})
    assert content.decode().splitlines() == [
        "# The files of one record, as they lie in a repository. Form 1.",
        f"# Folder: {FOLDER}",
        "==> ../pleno.csv, 14 bytes <==",
        "metadato,valor",
        "==> notas.csv, 10 bytes <==",
        "hora,nota",
        "",
    ]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/notas.csv", "a b.csv", "notas", "a/b.csv", ""])
def test_a_name_that_leads_elsewhere_is_neither_packed_nor_unpacked(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        bundle.pack(FOLDER, {name: b""})
    forged = bundle.pack(FOLDER, {}) + f"==> {name}, 0 bytes <==\n\n".encode()
    with pytest.raises(Unreadable, match="no file begins"):
        bundle.unpack(forged, "x")


def test_a_folder_of_two_lines_and_too_many_files_do_not_fit() -> None:
    for folder, files in (("a\nb", {}), ("", {}), (FOLDER, {f"a{n}.csv": b"" for n in range(21)})):
        with pytest.raises(ValueError, match="does not fit"):
            bundle.pack(folder, files)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_bundle"),
        (b"%PDF-1.7", "not_a_bundle"),
        (bundle.HEAD, "broken_bundle"),
        (bundle.HEAD + b"# Folder: \xff\n", "broken_bundle"),
        (bundle.HEAD + b"# Folder: a\nmore", "broken_bundle"),
        (bundle.HEAD + b"# Folder: a\n==> a.csv, 3 bytes <==\nab", "broken_bundle"),
        (bundle.HEAD + b"# Folder: a\n" + 2 * b"==> a.csv, 0 bytes <==\n\n", "broken_bundle"),
    ],
)
def test_what_is_no_such_document_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        bundle.unpack(content, "https://example.test/x")
    assert refusal.value.code == code
    assert "https://example.test/x" in str(refusal.value)
