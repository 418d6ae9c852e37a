"""The queue on which several machines share the work. PostgreSQL only: on SQLite one process does it all."""

from __future__ import annotations

from typing import Any

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

DROP = """
DO $$
DECLARE it record;
BEGIN
    DROP TABLE procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs, procrastinate_workers CASCADE;
    FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = current_schema() AND p.proname LIKE 'procrastinate\\_%' LOOP
        EXECUTE 'DROP FUNCTION ' || it.name || ' CASCADE';
    END LOOP;
    DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status;
END
$$
"""


def upgrade() -> None:
    """Lay the tables of Procrastinate 3.10; a later version that changes them needs a migration of its own."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        from procrastinate.schema import SchemaManager  # noqa: PLC0415 - comes with the extra

        _execute(SchemaManager.get_schema())


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        _execute(DROP)


def _execute(statements: str) -> None:
    """Run several statements at once: as the driver takes them, without values to fill in."""
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(statements)
