"""Where does the archive lie, by what the settings say?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.cli.board import environment
from tracker.settings import Bucket, Settings


@pytest.fixture(autouse=True)
def nothing_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("", "_DIR", "_CACHE_DIR", "_CACHE_MB"):
        monkeypatch.delenv(f"ESCRUTINIO_ARCHIVE{name}", raising=False)


def said(**variables: str) -> Path | Bucket:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(f"ESCRUTINIO_{name}", value)
        return Settings().archive


def test_a_folder_unless_an_address_says_otherwise() -> None:
    assert said() == Path("var/archive")
    assert said(HOME="/srv/x") == Path("/srv/x/archive")
    assert said(HOME="/srv/x", ARCHIVE="") == Path("/srv/x/archive")
    assert said(HOME="/srv/x", ARCHIVE_DIR="/srv/y") == Path("/srv/y")
    assert said(ARCHIVE_DIR="/srv/y", ARCHIVE="") == Path("/srv/y")
    assert said(ARCHIVE_DIR="/srv/y", ARCHIVE="/srv/z") == Path("/srv/z")


def test_a_bucket_and_what_is_kept_of_it() -> None:
    assert said(HOME="/srv/x", ARCHIVE="s3://press-votes") == Bucket(
        "s3://press-votes", Path("/srv/x/cache"), 500_000_000
    )
    near = {"ARCHIVE_CACHE_DIR": "/tmp/near", "ARCHIVE_CACHE_MB": "0"}
    assert said(ARCHIVE="s3://press.votes/a/b_2/", **near) == Bucket("s3://press.votes/a/b_2", Path("/tmp/near"), 0)


@pytest.mark.parametrize(
    "address",
    ["s3://", "s3:///prefix", "gs://bucket", "s3://key:secret@bucket", "s3://bucket/a?key=secret", "s3://bucket//a",
     "s3://bucket/../a", "https://bucket.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ValueError, match=r"should be a folder, or s3://bucket/prefix") as refused:
        said(ARCHIVE=address)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("address", ["s3://press-votes", "", "there"])
def test_what_is_wrong_beside_it_is_named(address: str) -> None:
    with pytest.raises(ValueError, match=r"archive_cache_mb\n.*should be a valid integer"):
        said(ARCHIVE=address, ARCHIVE_CACHE_MB="many")
    with pytest.raises(ValueError, match="archive_cache_mb"):
        said(ARCHIVE_CACHE_MB="many")


@pytest.mark.parametrize("address", ["s3://press-votes/a", "there"])
def test_the_dashboard_is_told_the_same(address: str, tmp_path: Path) -> None:
    chosen = Settings(home=Path("home"), archive=address)  # type: ignore[arg-type]
    told = environment(chosen, 8501)
    there = said(ARCHIVE=told["ESCRUTINIO_ARCHIVE"], HOME=told["ESCRUTINIO_HOME"])
    if isinstance(there, Bucket):
        assert there == Bucket(address, tmp_path / "home" / "cache", 500_000_000)
    else:
        assert there == tmp_path / "there"
