"""How quickly does the engine alone take rows in: a table of ballots with its key and its index, nothing around it?"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from postgres_server import Server
from sqlalchemy import create_engine

from tracker.storage.copying import copy

BARE_SQLITE = """
CREATE TABLE ballot (observation_id INTEGER NOT NULL, voter_id INTEGER NOT NULL, group_id SMALLINT,
                     code_id INTEGER NOT NULL, PRIMARY KEY (observation_id, voter_id)) WITHOUT ROWID;
CREATE INDEX by_voter ON ballot (voter_id, observation_id);
"""
PARENTS = ("observation", "voter", "group", "code")
REFERRING = BARE_SQLITE.replace(") WITHOUT", "".join(
    f', FOREIGN KEY ({name}_id) REFERENCES "{name}"' for name in PARENTS
) + ") WITHOUT")  # fmt: skip
"""The same with the references that our table has."""
BARE_POSTGRES = """
CREATE TABLE bare (observation_id int, voter_id int, group_id smallint, code_id int, legislature_id smallint,
                   PRIMARY KEY (observation_id, voter_id, legislature_id));
CREATE INDEX by_voter ON bare (voter_id, observation_id);
"""
KEYS = """
ALTER TABLE bare ADD FOREIGN KEY (observation_id) REFERENCES observation, ADD FOREIGN KEY (voter_id) REFERENCES voter,
                 ADD FOREIGN KEY (group_id) REFERENCES "group", ADD FOREIGN KEY (code_id) REFERENCES code;
"""
Row = tuple[int, int, int | None, int]


def bare_sqlite(path: Path, held: list[Row], *, keys: bool = False) -> float:
    """Put rows into a bare table as quickly as the engine does; return CPU seconds. `keys`: it looks references up."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;")
    if keys:
        database.execute("PRAGMA foreign_keys = ON")
        for place, name in enumerate(PARENTS):
            database.execute(f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY)')
            known = {row[place] for row in held} - {None}
            database.executemany(f'INSERT INTO "{name}" VALUES (?)', ((one,) for one in known))
    database.executescript(REFERRING if keys else BARE_SQLITE)
    begun = time.process_time()
    database.execute("BEGIN")
    database.executemany("INSERT INTO ballot VALUES (?, ?, ?, ?)", held)
    database.execute("COMMIT")
    spent = time.process_time() - begun
    database.close()
    path.unlink()
    return spent


def bare_postgres(server: Server, url: str, held: list[Row], tables: str) -> float:
    """Put rows into a bare table by COPY; return CPU seconds, the server's included."""
    with create_engine(url).connect() as connection:
        connection.exec_driver_sql(tables)
        connection.commit()
        begun = time.process_time() + server.cpu()
        copy(connection, "bare", ("observation_id", "voter_id", "group_id", "code_id", "legislature_id"),
             ((*row, 1) for row in held))  # fmt: skip
        connection.commit()
        spent = time.process_time() + server.cpu() - begun
        connection.exec_driver_sql("DROP TABLE bare")
        connection.commit()
    return spent
