"""Do the members of a stored vote stand where its paper puts them, and are its rebels those of the record?"""

from __future__ import annotations

import seed
from sqlalchemy import Engine

from tracker.analysis.dissent import dissent, moved
from tracker.analysis.parts import count
from tracker.domain.votes import Position, Reason
from tracker.queries import votes
from tracker.queries.standing import Standing, standing


def of(engine: Engine, slug: str) -> Standing:
    view = votes.one(engine, slug)
    assert view is not None
    return standing(view)


def test_the_founding_vote_as_stored(engine: Engine) -> None:
    found = of(engine, seed.FOUNDING)
    assert found.final is not None
    assert found.best == found.final
    assert (str(count(found.board)), str(count(found.final))) == ("69–31–4", "70–33–4")
    assert found.unattached == {"NA"}
    assert not found.complete, "minutes do not list the absent"
    final, board = (dissent(parts, unattached=found.unattached) for parts in (found.final, found.board))
    assert sorted(rebel.part.name.split(",")[0] for rebel in final.rebels) == [
        "Doroteo Carbajo", "Dávila Atanacio", "Espinoza Vargas", "Flores Ancachi", "Marticorena Mendoza",
        "Quiroz Barboza", "Tacuri Valdivia", "Vergara Mendoza",
    ]  # fmt: skip
    assert moved(board, final).appear == moved(board, final).vanish == ()


def test_a_vote_aloud_is_told_from_one_on_the_board(engine: Engine) -> None:
    aloud = [part for part in of(engine, seed.SHEET).best if part.aloud]
    assert sorted((part.group, part.position, part.board, part.reason) for part in aloud) == [
        ("FP", Position.YES, Position.NOT_CAST, Reason.ABSENT),
        ("PL", Position.NO, Position.NOT_CAST, Reason.ABSENT),
        ("PL", Position.NO, Position.NOT_CAST, Reason.LEAVE_OFFICIAL),
    ]


def test_in_the_election_of_the_speaker_the_line_is_a_candidate(engine: Engine) -> None:
    found = of(engine, seed.SPEAKER)
    assert found.final == found.board
    lines = dissent(found.best, unattached=found.unattached).groups
    assert {group.group: group.line.candidate for group in lines if group.line} == {"R": "McCarthy", "D": "Jeffries"}
