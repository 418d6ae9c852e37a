"""How does a message leave the building? By Apprise, one address at a time, as plain text; no secret comes back."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat, OverflowMode

from tracker.publish.messages import Message, cut

PATIENCE = 60.0
"""Seconds a service is given; less than the lease of a message."""
LONGEST = 300
"""Characters kept of what a service said."""
HEADER = "Escrutinio-Delivery"
"""Tells a repeated message from a new one, where a service passes headers on."""
UNSURE = re.compile(r"read timed out|timed out|aborted|disconnected|reset by peer|TIMEOUT", re.IGNORECASE)
"""What a service's library says when a message went out and no answer came."""
_LOCK = threading.Lock()

# Apprise writes addresses into its log, and the library below it writes paths, which are secrets of web hooks. Both are
# kept from our log; what is fit to be read is taken from Apprise's results.
_THEIRS = logging.getLogger("apprise")
_THEIRS.addHandler(logging.NullHandler())
_THEIRS.propagate = False
_THEIRS.setLevel(logging.DEBUG)
logging.getLogger("urllib3").setLevel(logging.ERROR)


class BadAddress(ValueError):
    """An address that no service is known for, or that lacks a part; the message does not say it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a message: whether the service took it, else why not; `unsure`: it may have taken it after all."""

    taken: bool
    error: str = ""
    unsure: bool = False


@lru_cache(maxsize=1)
def _asset() -> AppriseAsset:
    return AppriseAsset(
        app_id="Escrutinio",
        app_desc="Escrutinio",
        app_url="",
        image_url_mask=False,
        image_url_logo="",
        async_mode=False,
        interpret_emojis=False,
        interpret_escapes=False,
        storage_mode="memory",
        pgp_autogen=False,
        pem_autogen=False,
        service_timeout=PATIENCE,
        secure_logging=True,
        language="en",
        allow_templates=False,
    )


def service(address: str) -> NotifyBase:
    """Return the service an address stands for, made to send text as it stands. BadAddress if there is none."""
    found = Apprise.instantiate(address, asset=_asset())
    if found is None:
        raise BadAddress(f"{address.partition('://')[0]}://… is no address that Apprise understands")
    found.notify_format = NotifyFormat.TEXT
    found.overflow_mode = OverflowMode.TRUNCATE
    return found


def fitted(message: Message, to: NotifyBase) -> tuple[str, str]:
    """Return title and body as long as a service takes them; where it takes no title, the body begins with it."""
    title = cut(message.title, to.title_maxlen) if to.title_maxlen > 0 else ""
    if title:
        return title, message.body(to.body_maxlen)
    whole = Message("", (message.title, *message.paragraphs), message.tail)
    return "", whole.body(to.body_maxlen)


def deliver(message: Message, address: str, *, key: str) -> Outcome:
    """Hand a message to the service of an address, once. `key` names the message. BadAddress if there is no service."""
    to = service(address)
    headers = getattr(to, "headers", None)
    if isinstance(headers, dict):
        headers[HEADER] = key
    title, body = fitted(message, to)
    channel = Apprise(asset=_asset())
    channel.add(to)
    with (
        _LOCK,
        channel.notify(body=body, title=title, body_format=NotifyFormat.TEXT, log_level=logging.DEBUG) as result,
    ):
        taken, said = bool(result), list(result.logs())
    if taken:
        return Outcome(True)
    worst = " ".join(e.message for e in said if e.level in ("WARNING", "ERROR") or e.message.startswith("Socket"))
    unsure = any(UNSURE.search(entry.message) for entry in said)
    return Outcome(False, scrubbed(worst or "the service did not say why", address), unsure)


def scrubbed(text: str, address: str) -> str:
    """Take everything out of a text that the address holds beside the kind of service, and cut it short."""
    parts = urlsplit(address)
    secrets = {
        address,
        parts.netloc,
        parts.path,
        parts.query,
        *re.split(r"[:@/,]", parts.netloc),
        *parts.path.split("/"),
    }
    secrets |= {value for _, value in parse_qsl(parts.query)}
    secrets |= {unquote(secret) for secret in secrets}
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= 3 and not secret.isdigit():
            text = text.replace(secret, "…")
    text = re.sub(r"[A-Za-z][A-Za-z0-9+.-]*://\S+", "…", text)
    return cut(" ".join(text.split()), LONGEST)
