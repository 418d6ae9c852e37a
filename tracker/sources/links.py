"""Where does the public find the official page of a bill, a motion or a law?"""

from __future__ import annotations

from string import Formatter

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tracker.domain.mentions import Named


class Link(BaseModel):
    """The form of an official address: of what (`kind`), in which series of numbers, and how that is known.

    `address` holds `{number}` where the number goes. `legislature` and `period` name the series of a bill or motion;
    empty for what is numbered through the country. An address nobody has seen at work says so under `because`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Named
    legislature: str = ""
    period: str = ""
    address: str = Field(pattern="^https://[a-z0-9.-]+/")
    because: str

    @field_validator("address")
    @classmethod
    def _one_place(cls, address: str) -> str:
        names = [name for _, name, _, _ in Formatter().parse(address) if name is not None]
        if names != ["number"]:
            raise ValueError(f"{address!r} should hold {{number}} once and nothing else in braces")
        return address
