"""Which settings are there, and what are they unless somebody says otherwise?"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MAILBOX = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
BLANKS = {"{id}", "{version}", "{url}"}
"""What an address for reports may leave blank, to be filled in on each page."""
BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9][A-Za-z0-9._=-]*)*/?")


@dataclass(frozen=True, slots=True)
class Bucket:
    """An archive in S3-compatible storage: its address, and the folder and most bytes of what is kept of it at hand."""

    address: str
    cache: Path
    most: int

    def __str__(self) -> str:
        return self.address


class Settings(BaseSettings):
    """Every setting, read from the environment as `ESCRUTINIO_<NAME>` or from a `.env` file.

    `at` sends requests elsewhere: `ESCRUTINIO_AT='{"us_house": "http://127.0.0.1:8000"}'` replaces scheme and
    host of every official address of that source; what is recorded keeps the official one.
    """

    model_config = SettingsConfigDict(
        env_prefix="ESCRUTINIO_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(Path("var"), description="folder for the archive and, unless said otherwise, the database")
    database_url: str = Field("", description="SQLAlchemy address; empty: SQLite file in the home folder")
    database_pool: int = Field(
        10, ge=1, le=500, description="questions that a dashboard process asks PostgreSQL at once; others wait"
    )
    database_longest: float = Field(
        5, gt=0, le=3600, description="seconds after which PostgreSQL cuts a reader's question off"
    )
    archive_dir: Path | None = Field(None, description="folder of the archive, where `archive` is empty")
    archive_cache_dir: Path | None = Field(
        None, description="folder for copies of what a bucket holds; empty: `cache` in the home folder"
    )
    archive_cache_mb: int = Field(500, ge=0, description="most megabytes of such copies; 0: none are kept")
    archive: Annotated[Path | Bucket, NoDecode] = Field(
        default_factory=lambda data: data["archive_dir"] or data["home"] / "archive",
        description="folder of the archive, or s3://bucket/prefix; empty: `archive_dir`, else `archive` in the home",
    )
    contact: str = Field("", description="address or page where a site's operator reaches you; part of the user agent")
    at: dict[str, str] = Field(default_factory=dict, description="source → address that stands in for its site")
    pause: float | None = Field(
        None, ge=0, description="seconds between two requests to one host; empty: each sheet's own figure"
    )
    ca_file: Path | None = Field(None, description="extra certificates, for sites whose chain is incomplete")
    reading_processes: int = Field(
        0,
        ge=0,
        le=64,
        description="processes that read scanned pages at once, up to 500 MB each; 0: one a core, at most 4",
    )
    workers: int = Field(
        4, ge=0, le=64, description="runs side by side of `tracker up` and `tracker worker`, on a PostgreSQL database"
    )
    worker_silence: float = Field(
        30, ge=1, le=600, description="seconds without a sign of life after which a worker's jobs are taken over"
    )
    host: str = Field("127.0.0.1", description="address the dashboard listens on")
    port: int = Field(8501, ge=0, le=65535, description="port the dashboard listens on; 0: any free one")
    public_url: str = Field("", description="address readers reach the dashboard at; empty: the host each asked for")
    language: Literal["es", "en"] = Field("es", description="language of the dashboard unless the address says")
    pictures_mb: int = Field(
        32, ge=1, le=4096, description="megabytes of memory for pictures made before: cards of votes and charts"
    )
    report_to: str = Field("", description="where readers report errors: an e-mail address, or an https address")
    bulk_dir: Path | None = Field(None, description="folder where everything held is put each night; empty: nowhere")
    bulk_at: str = Field(
        "03:30", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="when that is done, by this machine's clock"
    )
    alerts: Path | None = Field(None, description="file with the rules of alerts; empty: `alerts.toml` in home")
    alerts_days: int = Field(14, ge=1, description="days after its sitting for which a new vote is news")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("archive", mode="before")
    @classmethod
    def _archive_is_a_folder_or_a_bucket(cls, value: Any, said: ValidationInfo) -> Any:
        home = said.data.get("home", Path())  # what is wrong elsewhere is said there
        if value == "":
            return said.data.get("archive_dir") or home / "archive"
        if not isinstance(value, str) or "://" not in value:
            return value
        if not BUCKET.fullmatch(value):
            raise ValueError(
                "it should be a folder, or s3://bucket/prefix of plain letters and digits; keys do not belong into it"
            )
        cache, most = said.data.get("archive_cache_dir"), said.data.get("archive_cache_mb", 0)
        return Bucket(value.rstrip("/"), cache or home / "cache", most * 1_000_000)

    @field_validator("at")
    @classmethod
    def _at_is_http(cls, value: dict[str, str]) -> dict[str, str]:
        for source, url in value.items():
            if not url.startswith(("http://", "https://")):
                raise ValueError(f"{source}: {url!r} should start with http:// or https://")
        return value

    @field_validator("public_url")
    @classmethod
    def _public_url_is_http(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(f"{value!r} should start with http:// or https://")
        return value.rstrip("/")

    @field_validator("report_to")
    @classmethod
    def _report_to_is_reached(cls, value: str) -> str:
        blanks = set(re.findall(r"{.*?}|[{}]", value))
        if value and not MAILBOX.fullmatch(value) and not (value.startswith("https://") and blanks <= BLANKS):
            raise ValueError(
                f"{value!r} should be one e-mail address, or begin with https:// and have no blanks but "
                f"{', '.join(sorted(BLANKS))}"
            )
        return value

    @property
    def database(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{(self.home / 'escrutinio.sqlite').absolute()}"

    @property
    def rules(self) -> Path:
        """The file of rules in force; it need not be there."""
        return self.alerts or self.home / "alerts.toml"

    @property
    def readers(self) -> int:
        """How many processes read scanned pages at once."""
        return self.reading_processes or min(4, os.cpu_count() or 1)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
