"""Does nginx's cache carry a vote that everybody looks at? Run: python tests/benchmarks/proxy.py --help

One vote page, from `dashboard.plain` alone and through nginx as `docs/nginx.conf` sets it, asked for by `wrk` as fast
as it can; what is printed is requests a second, and how many requests the process behind nginx got meanwhile.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "queries"), str(TESTS / "dashboard")]

import seed  # noqa: E402
import test_proxy as proxy  # noqa: E402


def wrk(address: str, host: str, seconds: int) -> tuple[float, int]:
    """Return requests a second, and how many were answered otherwise than well."""
    headers = ("-H", f"Host: {host}", "-H", "Accept-Encoding: gzip")
    told = subprocess.run(
        ["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", *headers, address],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    print(" ", *re.findall(r"Socket errors:.*", told), *re.findall(r"(?:50|99)% +\S+", told))
    return float(re.findall(r"Requests/sec: +([\d.]+)", told)[0]), int(wrong[1]) if wrong else 0


def main() -> None:
    """Print what both carry."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--seconds", type=int, default=20)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        proxied = proxy.Proxied(folder, seed.seeded(f"sqlite:///{folder}/votes.sqlite").url)
        try:
            plain = proxied.ports[2]
            bare, wrong = wrk(f"http://127.0.0.1:{plain}{proxy.PAGE}", proxy.HOST, seconds)
            print(f"uvicorn alone: {bare:.0f} requests a second, {wrong} errors")
            time.sleep(3)  # what was under way when the time was up is still answered, and then logged
            before = len(proxied.asked(plain, f"GET {proxy.PAGE}"))
            kept, wrong = wrk(f"http://127.0.0.1:{proxied.port}{proxy.PAGE}", proxy.HOST, seconds)
            asked = len(proxied.asked(plain, f"GET {proxy.PAGE}")) - before
            print(
                f"nginx's cache: {kept:.0f} requests a second, {wrong} errors; times uvicorn alone: {kept / bare:.0f}"
            )
            print(f"requests to the process behind it in {kept * seconds:.0f}: {asked}")
        finally:
            proxied.close()


if __name__ == "__main__":
    main()
