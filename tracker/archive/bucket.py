"""How do an archive's files lie in S3-compatible storage: whole, checked, and never waited for without end?

An object appears whole with one request or not at all, and has outlived a power cut when the answer comes. Keys,
region and endpoint are found where every programme for S3 looks for them (`AWS_…`, `~/.aws`); none passes through here.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from tracker.archive.cache import Cache
from tracker.archive.files import Unreachable
from tracker.settings import Bucket

try:
    from botocore.exceptions import BotoCoreError, NoCredentialsError
    from fsspec.asyn import sync
    from s3fs import S3FileSystem
    from s3fs.core import S3_RETRYABLE_ERRORS
except ImportError as error:
    raise Unreachable("an archive in a bucket needs the extra `s3`: pip install 'escrutinio[s3]'") from error

log = logging.getLogger(__name__)

T = TypeVar("T")

AHEAD = 16
"""How many files are asked for at once where many are read."""
REMEMBERED = 20_000
"""Names known to be there that are remembered, so that a page does not ask for the same one again."""
KEPT = "journal/"
"""Files of which also those who collect keep copies: each run reads the journal."""
LARGEST = 5 * 2**30
"""Bytes that one request may bring, by the rules of S3; nothing that is archived comes near."""
PIECE = 2**20
SILENT = ("botocore", "aiobotocore", "s3fs", "fsspec", "aiohttp", "asyncio")
"""They log signed requests, and the session's token with them, when all is logged."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer is waited for, in seconds, how often it is asked for, and how long nobody is asked after."""

    connect: float
    read: float
    whole: float
    attempts: int
    rest: float


HURRIED = Patience(connect=1.5, read=4, whole=6, attempts=1, rest=15)
"""Somebody waits for a page, which is shown without its picture if need be."""
PATIENT = Patience(connect=5, read=30, whole=180, attempts=4, rest=0)
"""A run, which fails if nothing comes, and is made again."""


@lru_cache(maxsize=8)
def _service(patience: Patience) -> S3FileSystem:
    """Return the connections to the service, one set for the process and each patience."""
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.WARNING)
    files = S3FileSystem(
        skip_instance_cache=True,
        use_listings_cache=False,
        max_concurrency=1,
        config_kwargs={
            "connect_timeout": patience.connect,
            "read_timeout": patience.read,
            "retries": {"mode": "standard", "total_max_attempts": patience.attempts},
            "max_pool_connections": AHEAD,
            # Newer checksums are unknown to many servers; what is sent carries its MD5, what comes its SHA-256.
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        },
    )
    files.retries = min(2, patience.attempts)
    return files


@lru_cache(maxsize=8)
def stored(archive: Bucket, *, hurried: bool) -> Stored:
    """Return the place of a bucket's files: the same one for the whole process, with its connections."""
    return Stored(archive, HURRIED if hurried else PATIENT, copies=None if hurried else KEPT)


class Stored:
    """The files of an archive in a bucket, and copies at hand of those that begin with `copies` (None: of all)."""

    def __init__(self, archive: Bucket, patience: Patience = PATIENT, *, copies: str | None = None) -> None:
        self._address = archive.address
        self._bucket, _, prefix = archive.address.removeprefix("s3://").partition("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._cache = Cache(archive.cache, archive.most)
        self._copies = copies or ""
        self._patience = patience
        self._resting = 0.0
        self._there: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._files = _service(patience)

    def where(self, name: str) -> str:
        """Return the address of a file."""
        return f"{self._address}/{name}"

    def answers(self) -> bool:
        """Return False while nobody asks, after it did not answer."""
        return time.monotonic() >= self._resting

    def path(self, name: str) -> None:
        """Return nothing: no file lies on this machine."""

    def has(self, name: str) -> bool:
        """Whether a file is there; one that was is not asked for again."""
        if name in self._there or self._cache.has(self.where(name)):
            return True
        return self.size(name) is not None

    def size(self, name: str) -> int | None:
        """Return how long a file is now; None if it is not there."""
        try:
            length = int(self._call("head_object", Key=self._key(name))["ContentLength"])
        except FileNotFoundError:
            return None
        self._remember(name)
        return length

    def read(self, name: str) -> bytes:
        """Return the content of a file, from a copy at hand if there is one."""
        if not name.startswith(self._copies):
            return self.fresh(name)
        content = self._cache.get(self.where(name))
        if content is None:
            content = self.fresh(name)
            self._cache.put(self.where(name), content)
        return content

    def fresh(self, name: str) -> bytes:
        """Return the content of a file from the bucket."""
        content: bytes = self._wait(self._files._cat_file, f"{self._bucket}/{self._key(name)}")
        return content

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file in the bucket; None if it is not there any more."""
        try:
            return str(self._wait(self._digest, self._key(name)))
        except FileNotFoundError:
            return None
        except Unreachable:  # perhaps broken off in the middle
            return str(self._wait(self._digest, self._key(name)))

    async def _digest(self, key: str) -> str:
        answer = await self._files._call_s3("get_object", Bucket=self._bucket, Key=key)
        digest = hashlib.sha256()
        async with answer["Body"] as body:
            while piece := await body.read(PIECE):
                digest.update(piece)
        return digest.hexdigest()

    def write(self, name: str, content: bytes) -> None:
        """Write a file with one request; the server refuses what was broken on the way."""
        md5 = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        where = f"{self._bucket}/{self._key(name)}"
        self._wait(self._files._pipe_file, where, content, chunksize=LARGEST, ContentMD5=md5, missing=False)
        self._remember(name)

    def set_aside(self, name: str, other: str) -> None:
        """Copy a file to another name; under its own it is written anew at once."""
        try:
            source = {"Bucket": self._bucket, "Key": self._key(name)}
            self._call("copy_object", Key=self._key(other), CopySource=source)
        except FileNotFoundError:
            return

    def drop(self, name: str) -> None:
        """Do nothing: nobody needs the right to delete. A rule of the bucket may let go what is old."""

    def settle(self) -> None:
        """Do nothing: what a bucket has taken in is there to stay."""

    def walk(self, part: str) -> Iterator[str]:
        """Yield the names of what lies in a part, as the server lists it: in order, a thousand with each request."""
        more: dict[str, str] = {}
        while True:
            answer = self._call("list_objects_v2", Prefix=self._key(f"{part}/"), missing=False, **more)
            keys = (str(entry["Key"]) for entry in answer.get("Contents", ()))
            yield from (key.removeprefix(self._prefix) for key in keys if not key.endswith("/"))
            if not answer.get("IsTruncated"):
                return
            more = {"ContinuationToken": answer["NextContinuationToken"]}

    def each(self, work: Callable[[str], T], names: Iterable[str]) -> Iterator[T]:
        """Do a work for each name, some ahead of what is asked for."""
        waiting: deque[Future[T]] = deque()
        pool = ThreadPoolExecutor(AHEAD, thread_name_prefix="archive")
        try:
            for name in names:
                waiting.append(pool.submit(work, name))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def clean(self, parts: Iterable[str], older_than: float) -> list[str]:
        """Return nothing: nothing is ever half-written."""
        return []

    def _key(self, name: str) -> str:
        return f"{self._prefix}{name}"

    def _remember(self, name: str) -> None:
        with self._lock:
            self._there[name] = None
            if len(self._there) > REMEMBERED:
                self._there.popitem(last=False)

    def _call(self, method: str, *, missing: bool = True, **words: Any) -> Any:
        """Ask for one thing."""
        return self._wait(self._files._call_s3, method, Bucket=self._bucket, missing=missing, **words)

    def _wait(self, ask: Callable[..., Any], *what: Any, missing: bool = True, **words: Any) -> Any:
        """Wait for an answer. FileNotFoundError if `missing` and there is no such file; else Unreachable says why."""
        if not self.answers():
            raise Unreachable(f"{self._address}: it did not answer a moment ago, and is not asked again yet")
        try:
            return sync(self._files.loop, ask, *what, timeout=self._patience.whole, **words)
        except FileNotFoundError as error:
            if missing and _code(error) != "NoSuchBucket":
                raise
            raise Unreachable(f"{self._address}: there is no such bucket") from None
        except (OSError, BotoCoreError, *S3_RETRYABLE_ERRORS) as error:
            message = f"{self._address}: {self._why(error)}"
            if self._patience.rest:
                self._resting = time.monotonic() + self._patience.rest
                log.warning("%s; pages are shown without pictures for %g seconds", message, self._patience.rest)
            raise Unreachable(message) from None

    def _why(self, error: Exception) -> str:
        """Put an error into words. What the server says of it is left out: some repeat keys and signatures."""
        if isinstance(error, NoCredentialsError):
            return "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
        if isinstance(error, TimeoutError):
            return f"no whole answer within {self._patience.whole:g} seconds"
        code = _code(error)
        if isinstance(error, PermissionError):
            return f"access is refused ({code}); look at the credentials and what they may do"
        if code:
            return f"the server answered with an error ({code})"
        return f"the server cannot be reached ({type(error).__name__})"


def _code(error: Exception) -> str:
    """Return the code of an error that the server named; empty if it named none."""
    answer = getattr(error.__cause__, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))
