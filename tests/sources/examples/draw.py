"""How were the documents of the examples drawn? Run me to draw them again: `python tests/sources/examples/draw.py`.

These documents come from the facts of the demonstration (real votes, names and numbers) through its drawing code; what
is odd on purpose is said in the `why` of their about.toml. Nothing here is a copy of an official file. After drawing
anew, delete the expected.json of what changed, run the tests, and review what they write.
"""

from __future__ import annotations

import re
from pathlib import Path

from tracker.demo import draw_house, draw_listing, draw_minutes, draw_senate, facts
from tracker.demo.draw_minutes import Shape

HERE = Path(__file__).parent

EN_BLOC = """
416-9 141-12 499-12 465-1 345-14 345-13 345-10 55-2 624-2 624-1 379-17 379-16 416-6 519-2 445-3 416-12 55-7
345-12 465-2 55-26 55-10 416-2 379-20 246-6 560-3 462-3 462-1 416-5 518-5 499-10 499-2 462-4 141-10 26-24
445-10 445-7 445-2 379-4 246-12 141-27 141-8 129-17 129-1 60-17 60-11 60-4 22-11 445-5 466-9 466-8 466-7 447
141-5 499-8 345-8 246-3 246-11 60-8 445-11 416-4 379-15 379-13 379-11 141-20 141-25 246-2 26-47 60-13 26-26
379-19 445-1 379-26 379-22 416-3 379-9 379-3 379-18 246-1 141-14 416-10 379-21 55-13 129-6 55-44 141-39 379-7
246-13 246-4 141-26 141-22 141-16 129-7 60-12 55-34 141-2 26-37 25-29
"""
"""The nominations of vote 655, in the menu's order."""


def roll_call(year: int, number: int) -> bytes:
    """Draw a roll call of the House."""
    return draw_house.roll_call(next(v for v in facts.roll_calls() if (v.year, v.number) == (year, number)))


def senate(congress: int, session: int, number: int) -> bytes:
    """Draw a vote of the Senate."""
    named = (congress, session, number)
    return draw_senate.vote(next(v for v in facts.senate_votes() if (v.congress, v.session, v.number) == named))


def minutes(day: str, shape: Shape | None = None) -> bytes:
    """Draw minutes of Peru's plenary."""
    return draw_minutes.minutes(next(m for m in facts.minutes() if m.date.isoformat() == day), shape)


def house_index(year: int) -> list[facts.RollCall]:
    """Return the roll calls of a year."""
    return [vote for vote in facts.roll_calls() if vote.year == year]


def en_bloc_menu() -> bytes:
    """Draw the menu entry of a vote on 97 nominations together (vote 655 of 2025, 53 to 43)."""
    matters = "".join(
        f"<matter><issue>PN{number}</issue><question>On the Nomination</question><result>Confirmed</result></matter>\n"
        for number in EN_BLOC.split()
    )
    title = "Confirmation: En Bloc Nominations as Provided for Under the Provisions of S. Res. 532"
    entry = (
        "<vote>\n<vote_number>00655</vote_number>\n<vote_date>18-Dec</vote_date>\n"
        f"<en_bloc>\n{matters}</en_bloc>\n"
        "<vote_tally><yeas>53</yeas><nays>43</nays></vote_tally>\n"
        f"<title>{title}</title>\n</vote>"
    )
    return draw_senate.menu(119, 1, []).replace(b"  <votes>\n", f"  <votes>\n{entry}\n".encode())


def without_heading() -> bytes:
    """Draw the minutes of 21 September 2023 with the second vote's heading left out, as happens in official ones."""
    sitting = next(m for m in facts.minutes() if m.date.isoformat() == "2023-09-21")
    return minutes("2023-09-21", Shape(without_headings=frozenset({sitting.votes[1].heading})))


def documents() -> dict[str, bytes]:
    """Return every drawn document by its path below this folder."""
    return {
        "us_house/identifiers-missing-before-2003/document.xml": roll_call(1998, 543),
        "us_house/election-with-people-who-are-no-members/document.xml": roll_call(2013, 2),
        "us_house/committee-of-the-whole-with-delegates/document.xml": roll_call(2007, 455),
        "us_house/two-thirds-needed-and-missed/document.xml": roll_call(2007, 1122),
        "us_house/index-of-a-year/document.html": draw_house.index(2007, house_index(2007)),
        "us_house/index-page-of-a-hundred/document.html": draw_house.index_page(2007, 0, house_index(2007)),
        "us_house/cut-short/document.xml": roll_call(2010, 165)[:4000],
        "us_senate/not-guilty-with-a-majority/document.xml": senate(117, 1, 59),
        "us_senate/vice-president-breaks-a-tie/document.xml": senate(109, 1, 363),
        "us_senate/live-pair/document.xml": senate(115, 2, 223),
        "us_senate/measure-only-in-the-amendment/document.xml": senate(111, 2, 295),
        "us_senate/fifty-to-fifty-and-two-blanks-in-a-name/document.xml": senate(106, 1, 18),
        "us_senate/identifiers-missing/document.xml": re.sub(
            rb"<lis_member_id>\w+</lis_member_id>", b"<lis_member_id/>", senate(109, 1, 244)
        ),
        "us_senate/menu-of-a-session/document.xml": draw_senate.menu(
            111, 2, [v for v in facts.senate_votes() if v.year == 2010]
        ),
        "us_senate/menu-with-a-vote-en-bloc/document.xml": en_bloc_menu(),
        "pe_minutes/founding-vote-and-spoken-votes/document.pdf": minutes("2023-05-18"),
        "pe_minutes/changes-of-vote/document.pdf": minutes("2023-03-23"),
        "pe_minutes/plain-figure-and-none/document.pdf": minutes("2022-03-28"),
        "pe_minutes/chairs-own-vote-board-announced/document.pdf": minutes("2023-09-21"),
        "pe_minutes/list-without-a-heading/document.pdf": without_heading(),
        "pe_minutes/listing-open/document.html": draw_listing.listing(facts.minutes()),
    }


if __name__ == "__main__":
    for name, content in documents().items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):7,} bytes  {name}")
