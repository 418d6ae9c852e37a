"""One legislature's paper, read: bytes in, printed votes out; no network and no database."""
