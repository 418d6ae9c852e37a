"""Is a checkout read without being led out of it, and is a commit named only where git itself tells it?"""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path

import checkouts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.archive import commit
from tracker.archive.checkout import MOST_BYTES, Checkout
from tracker.archive.commit import Unknown
from tracker.archive.regular import Refused, read_regular

REPOSITORY = checkouts.REPOSITORY
FOLDER = "data/a/b"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "checkout"
    (place / FOLDER).mkdir(parents=True)
    (place / FOLDER / "x.csv").write_bytes(b"one\n")
    (place / "data" / "a" / "y.csv").write_bytes(b"two\n")
    return place


def files(root: Path) -> dict[str, bytes]:
    return {f"{FOLDER}/x.csv": (root / FOLDER / "x.csv").read_bytes()}


def test_without_git_an_address_names_the_folder_and_no_commit(root: Path) -> None:
    checkout = Checkout(root, REPOSITORY)
    assert checkout.commit is None
    assert ".git" in checkout.why
    assert checkout.address(FOLDER, files(root)) == f"{REPOSITORY}#{FOLDER}"


@pytest.mark.parametrize(
    "remote",
    [
        REPOSITORY,
        "git@github.com:openpolitica/congreso-pleno-asistencia-votacion",
        "ssh://git@github.com/openpolitica/congreso-pleno-asistencia-votacion",
        "https://token@github.com/OpenPolitica/congreso-pleno-asistencia-votacion",
    ],
)
def test_a_clone_of_the_repository_is_at_its_commit(root: Path, remote: str) -> None:
    sha = checkouts.commit(root, remote)
    checkout = Checkout(root, REPOSITORY)
    assert (checkout.commit and checkout.commit.sha, checkout.why) == (sha, "")
    address = checkout.address(FOLDER, files(root))
    assert address == f"{REPOSITORY}/tree/{sha}/{FOLDER}"
    assert checkout.path(address) == checkout.path(checkout.named(FOLDER)) == FOLDER
    assert checkout.path("https://example.test/x") is None


@pytest.mark.parametrize("way", [("pack-refs", "--all"), ("checkout", "-q", "--detach")])
def test_a_commit_is_found_however_git_keeps_it(root: Path, way: tuple[str, ...]) -> None:
    sha = checkouts.commit(root)
    checkouts.git(root, *way)
    found = Checkout(root, REPOSITORY).commit
    assert found is not None
    assert found.sha == sha


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_the_index_is_read_in_each_of_its_forms(root: Path, version: str) -> None:
    for n in range(60):
        (root / FOLDER / f"{'long-' * (n % 7)}ñ{n}.csv").write_bytes(b"%d" % n)
    checkouts.commit(root)
    checkouts.git(root, "update-index", "--index-version", version)
    (root / FOLDER / "later.csv").write_bytes(b"x")
    checkouts.git(root, "add", "--intent-to-add", f"{FOLDER}/later.csv")
    found = Checkout(root, REPOSITORY).commit
    assert found is not None
    listed = checkouts.git(root, "-c", "core.quotepath=off", "ls-files", "-s", "-z").split("\0")
    told = {line.partition("\t")[2]: line.split()[1] for line in listed if line}
    assert {path: digest.hex() for path, digest in found.files.items()} == told
    assert len(told) == 63


def test_a_file_changed_here_is_not_at_the_commit(root: Path) -> None:
    sha = checkouts.commit(root)
    (root / FOLDER / "x.csv").write_bytes(b"three\n")
    checkout = Checkout(root, REPOSITORY)
    assert checkout.address(FOLDER, files(root)) == f"{REPOSITORY}#{FOLDER}"
    other = {"data/a/y.csv": b"two\n"}
    assert checkout.address("data/a", other) == f"{REPOSITORY}/tree/{sha}/data/a"
    assert checkout.address(FOLDER, {f"{FOLDER}/unknown.csv": b""}) == f"{REPOSITORY}#{FOLDER}"


def test_a_clone_of_another_repository_names_no_commit(root: Path) -> None:
    checkouts.commit(root, "https://github.com/somebody/congreso-pleno-asistencia-votacion")
    checkout = Checkout(root, REPOSITORY)
    assert checkout.commit is None
    assert REPOSITORY in checkout.why


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("HEAD", b"ref: refs/heads/../../../etc/passwd\n"),
        ("HEAD", b"ref: refs/heads/nowhere\n"),
        ("HEAD", b"not a commit\n"),
        ("HEAD", b""),
        ("index", b""),
        ("index", b"DIRC" + struct.pack(">II", 2, 5)),
        ("index", b"DIRC" + struct.pack(">II", 9, 0)),
        ("index", b"DIRC" + struct.pack(">II", 2, 0) + b"link" + bytes(30)),
        ("index", None),
        ("config", None),
        ("HEAD", None),
    ],
)
def test_a_git_folder_that_is_not_in_order_names_no_commit(root: Path, name: str, content: bytes | None) -> None:
    checkouts.commit(root)
    (root / ".git" / name).unlink()
    if content is not None:
        (root / ".git" / name).write_bytes(content)
    checkout = Checkout(root, REPOSITORY)
    assert checkout.commit is None
    assert checkout.why
    assert checkout.address(FOLDER, files(root)) == f"{REPOSITORY}#{FOLDER}"


def test_a_git_folder_elsewhere_is_not_followed(root: Path, tmp_path: Path) -> None:
    checkouts.commit(root)
    (root / ".git").rename(tmp_path / "elsewhere")
    (root / ".git").symlink_to(tmp_path / "elsewhere")
    assert Checkout(root, REPOSITORY).commit is None
    (root / ".git").unlink()
    (root / ".git").write_text(f"gitdir: {tmp_path / 'elsewhere'}\n")
    assert Checkout(root, REPOSITORY).commit is None


@given(st.binary(max_size=400), st.integers(0, 3))
def test_whatever_stands_in_an_index_it_is_read_or_refused(content: bytes, files: int) -> None:
    for version in (2, 3, 4):
        try:
            found = commit._index(b"DIRC" + struct.pack(">II", version, files) + content)
        except Unknown:
            continue
        assert len(found) <= files


def test_a_file_is_named_as_git_names_it() -> None:
    assert commit.blob(b"what is up, doc?").hex() == "bd9dbf5aae1a3862dd1526723246b20206e5fc37"
    assert commit.blob(b"") == hashlib.sha1(b"blob 0\0").digest()


def test_folders_come_in_order_and_links_are_refused_where_they_stand(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "b").mkdir(parents=True)
    (root / "data" / "c").symlink_to(outside)
    (root / "data" / "a" / "z").symlink_to(outside / "b")
    (root / "data" / "0" / "b").mkdir(parents=True)
    found = list(Checkout(root, REPOSITORY).folders("data", 2))
    assert [(folder.path, folder.refused.code if folder.refused else None) for folder in found] == [
        ("data/0/b", None),
        ("data/a/b", None),
        ("data/a/z", "link"),
        ("data/c", "link"),
    ]


def test_files_that_lead_out_or_never_end_are_refused(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"hush")
    checkout = Checkout(root, REPOSITORY)
    assert checkout.files(FOLDER, {"x.csv", "missing.csv"}) == {"x.csv": b"one\n"}
    (root / FOLDER / "link.csv").symlink_to(secret)
    (root / FOLDER / "dangling.csv").symlink_to(tmp_path / "nothing")
    (root / FOLDER / "folder.csv").mkdir()
    os.mkfifo(root / FOLDER / "pipe.csv")
    (root / FOLDER / "large.csv").write_bytes(bytes(MOST_BYTES + 1))
    for name, code in (
        ("link.csv", "link"),
        ("dangling.csv", "link"),
        ("folder.csv", "not_a_file"),
        ("pipe.csv", "not_a_file"),
        ("large.csv", "too_large"),
    ):
        with pytest.raises(Refused) as refusal:
            checkout.files(FOLDER, {name})
        assert refusal.value.code == code, name


def test_a_device_is_not_read() -> None:
    with pytest.raises(Refused, match="no regular file"):
        read_regular(Path(os.devnull), 10)


def test_names_that_are_no_letters_do_not_break_an_address(root: Path) -> None:
    odd = os.fsdecode(b"data/\xff\xfe")
    checkout = Checkout(root, REPOSITORY)
    assert checkout.named(odd) == f"{REPOSITORY}#data/%FF%FE"
    assert checkout.named("data/año 1") == f"{REPOSITORY}#data/a%C3%B1o%201"
    assert checkout.path(checkout.named("data/año 1")) == "data/año 1"
