"""Which settings are there, and what are they unless somebody says otherwise?"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MAILBOX = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
BLANKS = {"{id}", "{version}", "{url}"}
"""What an address for reports may leave blank, to be filled in on each page."""


class Settings(BaseSettings):
    """Every setting, read from the environment as `ESCRUTINIO_<NAME>` or from a `.env` file.

    `at` sends requests elsewhere: `ESCRUTINIO_AT='{"us_house": "http://127.0.0.1:8000"}'` replaces scheme and
    host of every official address of that source; what is recorded keeps the official one.
    """

    model_config = SettingsConfigDict(
        env_prefix="ESCRUTINIO_", env_file=".env", env_file_encoding="utf-8", extra="forbid", frozen=True
    )

    home: Path = Field(Path("var"), description="folder for the archive and, unless said otherwise, the database")
    database_url: str = Field("", description="SQLAlchemy address; empty: SQLite file in the home folder")
    archive_dir: Path | None = Field(None, description="folder of the archive; empty: `archive` in the home folder")
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
    language: str = Field("es", pattern="^(es|en)$", description="language of the dashboard unless the address says")
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

    @property
    def archive(self) -> Path:
        """The archive's folder in force."""
        return self.archive_dir or self.home / "archive"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
