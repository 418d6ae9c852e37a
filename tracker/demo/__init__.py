"""A recorded official site on this machine: real votes, in documents drawn from facts in the official formats.

What is served. The Clerk's roll calls with the index of each year, the Senate's votes with the menu of each session,
minutes of Peru's plenary and one sitting's sheets, each with the view that lists them, at the official paths, from one
server on a free port of 127.0.0.1. The votes, names and numbers are real and come from the compact facts in `facts/`;
the documents are drawn by this package and say so in a comment, the PDFs on their pages too. The sheets are pictures
without a letter of text, a little crooked and stamped, and are read by the real character recognition. Where the
official address of a file is not on record (the identifiers in the addresses of Peru's minutes, the provisional copy of
the sheets), or the number printed on a sheet, one made up stands in for it. Years and sessions of which
no vote is recorded have an empty index. One vote (Peru, 18 May 2023, bills 1808 and 2818) does not add up in the
official minutes either, and one (28 March 2022, the motion to remove the president) has no announced figure on
record.

What is staged. Documents arrive in three waves, which is the demonstration's own doing. The sheets of 18 May 2023 come
as a provisional copy without the votes put on record aloud, then whole, and the minutes of that day last, which is the
order of real life in less than a minute; the Congress did publish provisional copies, what that day's looked like is
not on record. And one document changes: the
minutes of 23 March 2023 come first in a version in which the note to the vote on motion 5767 is left out on purpose,
and `amend` replaces it, under the same address, by the version with the real numbers: the board's 47–49–2 becomes
51–49–2. The Congress never published such a first version; the PDF says so at its end.

How to use it. Sources run over `windows` with `at` as setting, a `pause` of 0, and asking again for what is held
already (`Again.ALL`): the sittings are years old, so that the usual timetable would not look at the amended document
again.
"""

from tracker.demo.site import Amendment, Site
from tracker.demo.story import EVERY, Story

__all__ = ["EVERY", "Amendment", "Site", "Story"]
