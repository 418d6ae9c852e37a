"""By which published rules can it be said that a member broke ranks, and where does each stand?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tracker.domain.tally import CAST, Position

SIDES = frozenset({Position.YES, Position.NO})


class Silent(StrEnum):
    """Who counts as having kept silent, of those who cast no vote."""

    NOBODY = "nobody"
    PRESENT = "present"
    """Who was there and pressed no button."""
    EVERYBODY = "everybody"
    """Who cast no vote, for whatever reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """A rule that says what a group's line was and who broke it. `key` names its words in the reader's language.

    The line is what more members did than any other single thing: `options` are the positions that can be it, with
    silence if `silent_line` says whose. Below `fewest` members, in a tie, or with a smaller side of yes and no of
    `free_from` or more, there is none. `rebels` are the positions that break a line among `lines`, and the silence of
    `silent` breaks a line among `not_in_silence`. From `split_from` on, the share of those who did not go with the
    largest part makes the group split, and nobody in it a rebel. `labels`: a label of members without a group is taken
    for one.
    """

    key: str
    source: str
    options: frozenset[Position] = CAST
    silent_line: Silent = Silent.NOBODY
    fewest: int = 1
    free_from: Fraction | None = None
    lines: frozenset[Position] = CAST
    rebels: frozenset[Position] = CAST
    silent: Silent = Silent.NOBODY
    not_in_silence: frozenset[Position] = frozenset()
    split_from: Fraction | None = None
    labels: bool = False

    @property
    def on_silence(self) -> bool:
        """Whether it asks who cast no vote, which not every paper says."""
        return {self.silent_line, self.silent} != {Silent.NOBODY}


PLURALITY = LineRule(
    key="plurality",
    source="Public Whip; Escrutinio",
    fewest=3,
    split_from=Fraction(2, 5),
)
"""The rule used unless another is asked for."""

PUBLIC_WHIP = LineRule(
    key="public_whip",
    source="Public Whip, They Vote For You: openaustralia/publicwhip, app/models/whip.rb (calc_whip_guess)",
)

EVERY_LABEL = LineRule(
    key="every_label",
    source="Public Whip, where nothing marks the labels that are no group",
    labels=True,
)

YES_AND_NO = LineRule(
    key="yes_and_no",
    source="CQ Roll Call, Vote Studies: methodology (party unity)",
    options=SIDES,
    lines=SIDES,
    rebels=SIDES,
)

OPEN_PARLIAMENT = LineRule(
    key="openparliament",
    source="openparliament.ca: michaelmulley/openparliament, parliament/bills/models.py (label_party_votes)",
    silent_line=Silent.EVERYBODY,
    free_from=Fraction(3, 20),
    lines=SIDES,
    rebels=SIDES,
)

OPORA = LineRule(
    key="opora",
    source="OPORA, Rada4you: OPORA/publicwhip, app/models/whip.rb (calc_whip_guess) and issue 65",
    silent_line=Silent.PRESENT,
    lines=CAST | {Position.NOT_CAST},
    silent=Silent.PRESENT,
    not_in_silence=CAST,
)

NEEDED_YES = LineRule(
    key="needed_yes",
    source="OPORA, Rada4you: OPORA/publicwhip, issue 65, with the absent among those who did not vote",
    silent=Silent.EVERYBODY,
    not_in_silence=frozenset({Position.YES}),
)

RULES = {
    rule.key: rule for rule in (PLURALITY, PUBLIC_WHIP, EVERY_LABEL, YES_AND_NO, OPEN_PARLIAMENT, OPORA, NEEDED_YES)
}
"""Every rule by key, the default first."""
