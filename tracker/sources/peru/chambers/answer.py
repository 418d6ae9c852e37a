"""Is an answer of a chamber's WordPress site the list of objects that was asked for?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tracker.domain.evidence import Document
from tracker.sources.contract import Unreadable

SIZE = 100
"""Entries of a full page, the most that WordPress gives at once; a page with fewer is the last."""
PAST_THE_END = b"rest_post_invalid_page_number"
"""What WordPress answers, with status 400, to a page beyond the last."""


def entries(document: Document) -> list[Mapping[str, Any]]:
    """Return the objects of a list.

    Unreadable, by code: `empty`, `html_instead_of_json`, `broken_json`, `not_a_list`, `too_many`.
    """
    url, content = document.url, document.content
    head = content[:1024].lstrip().lower()
    if not head:
        raise Unreadable("empty", f"{url}: the answer is empty; it will be asked for again")
    if head.startswith(b"<"):
        raise Unreadable("html_instead_of_json", f"{url}: a web page instead of a list; open it to see what it says")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        message = f"{url}: {str(error)[:200]}; the answer may be cut short and will be asked for again"
        raise Unreadable("broken_json", message) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        said = found.get("code") if isinstance(found, dict) else type(found).__name__
        message = (
            f"{url}: the answer is no list of objects ({str(said)[:100]}); look at it, the interface may have changed"
        )
        raise Unreadable("not_a_list", message)
    if len(found) > SIZE:
        raise Unreadable("too_many", f"{url}: {len(found):,} entries where {SIZE} were asked for; look at the answer")
    return found


def is_past_the_end(content: bytes, url: str) -> bool:
    """Recognise what stands for a page beyond the last: a list of just as many entries as fill its pages has one."""
    return PAST_THE_END in content[:4096]
