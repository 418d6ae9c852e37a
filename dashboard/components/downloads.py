"""Where does a reader get what a page shows as a file?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import links, sought
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.publish import folder
from tracker.queries.members import MemberView
from tracker.queries.view import VoteView
from tracker.settings import settings

Way = tuple[str, str]
"""What a link says, and where it leads."""


def of_vote(view: VoteView, say: Words) -> Html:
    """Return the files of a vote, in the reading shown."""
    ballots = [(name, part(view, f".{form}")) for name, form in (("CSV", "csv"), ("Parquet", "parquet"))]
    whole = [
        (name, part(view, end)) for name, end in (("XLSX", ".xlsx"), ("JSON", ".json"), ("Popolo", "/popolo.json"))
    ]
    return _block([(say("files.of_vote"), ballots), (say("files.whole_vote"), whole)], say)


def part(view: VoteView, what: str) -> str:
    """Return the address of a file that belongs to this reading."""
    version, own = None if view.in_force or view.as_of else view.version, view.leads_to is not None
    return links.plain(f"{view.id}{what}", version=version, own=own, as_of=view.as_of)


def of_list(query: Mapping[str, str], say: Words) -> Html:
    """Return the files of the list that an address asks for, whole, not of one of its pages."""
    asked = {key: value for key in sought.KEYS if (value := query.get(key))}
    forms = (("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json"), ("Parquet", "parquet"))
    votes = [(name, links.to(f"votes.{form}", **asked)) for name, form in forms]
    ballots = [(name, links.to(f"votes.{form}", table="ballots", **asked)) for name, form in forms]
    lines = [(say("files.of_list"), votes), (say("files.ballots_of_list"), ballots)]
    bulk = settings().bulk_dir
    if bulk is not None and (held := folder.files(bulk)):
        names = (folder.DESCRIPTOR, folder.README, "votes.parquet", "ballots.parquet")
        lines.append((say("files.bulk"), [(name, links.to(f"bulk/{name}")) for name in names if name in held]))
    lines.append((say("files.programs"), [("API", links.to("api/v1/"))]))
    return _block(lines, say)


def of_member(view: MemberView, say: Words) -> Html:
    """Return the files of a member's record."""
    forms = (("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json"), ("Parquet", "parquet"))
    ways = [(name, links.to(f"member/{view.chamber.slug}/{view.id}.{form}")) for name, form in forms]
    return _block([(say("files.of_member"), ways)], say)


def _block(lines: Sequence[tuple[str, Sequence[Way]]], say: Words) -> Html:
    """Return a line for each thing there are files of, last what the columns mean."""
    codebook = (say("files.columns"), [("CSV", links.to("codebook.csv"))])
    rows = [
        el("p", label, " ", join([el("a", name, href=way, aria_label=f"{label} {name}") for name, way in ways], " · "))
        for label, ways in (*lines, codebook)
    ]
    return el("section", el("h2", say("files.title"), id="files"), rows, class_="esc-files", aria_labelledby="files")
