"""Who may read a database on PostgreSQL, and nothing else?"""

from __future__ import annotations

from sqlalchemy import Connection, Engine


def make_reader(engine: Engine, name: str) -> bool:
    """Let a role read everything that is there and all that will be, and write nothing; return whether it is new.

    Of tables made later those are meant that the role of this connection makes, as its migrations do.
    """
    with engine.begin() as connection:
        role = connection.dialect.identifier_preparer.quote_identifier(name)
        known = connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).scalar()
        if not known:
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        for grant in _grants(connection, role):
            connection.exec_driver_sql(grant)
    return not known


def _grants(connection: Connection, role: str) -> tuple[str, ...]:
    quote = connection.dialect.identifier_preparer.quote_identifier
    found = connection.exec_driver_sql("SELECT current_database(), current_schema()").one()
    database, schema = map(quote, found)
    return (
        f"ALTER ROLE {role} SET default_transaction_read_only = on",
        f"GRANT CONNECT ON DATABASE {database} TO {role}",
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {role}",
    )
