"""Escrutinio's collecting half: from an official document to a vote on record.

To read it: `pipeline/collect.py` is one vote's journey, top to bottom. What a vote is stands in `domain/votes.py`, how
a parliament's paper is read in `sources/contract.py` and any module beside it, what is kept in `archive/store.py` and
`storage/tables.py`, what a reader can ask in `queries/votes.py`, how it is all run in `schedule/runner.py` and `cli/`.
"""

from importlib.metadata import version

__version__ = version("escrutinio")
