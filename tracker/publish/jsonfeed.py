"""How is a feed written as a JSON Feed (version 1.1, https://www.jsonfeed.org/version/1.1/)?"""

from __future__ import annotations

import json
from typing import Any

from tracker.publish.feed import AUTHOR, Entry, Feed, clean, stamp

KIND = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """Return a feed as a JSON Feed. What the format has no place for stands under `_escrutinio`, as it provides."""
    told: dict[str, Any] = {
        "version": VERSION,
        "title": clean(feed.title),
        "home_page_url": feed.page,
        "feed_url": feed.here,
        "description": clean(feed.subtitle),
        "icon": f"{feed.site}icon.png",
        "authors": [{"name": AUTHOR, "url": feed.site}],
        "language": feed.language,
        "_escrutinio": {"about": feed.site, "id": feed.id, "updated": stamp(feed.updated), "rights": feed.rights},
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.ahead is not None:
        told["next_url"] = feed.ahead
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": entry.id,
        "url": entry.link,
        "title": clean(entry.title),
        "summary": clean(entry.summary),
        "content_html": clean(entry.content),
        "date_published": stamp(entry.published),
        "date_modified": stamp(entry.updated),
        "language": entry.language,
        "tags": [clean(term) for term in entry.categories],
    }
    if entry.source is not None:
        told["external_url"] = entry.source
    if entry.rights is not None:
        told["_escrutinio"] = {"rights": clean(entry.rights)}
    return told
