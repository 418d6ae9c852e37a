"""What does Alembic need to know to migrate this database?"""

from __future__ import annotations

from alembic import context

from tracker.storage import letters
from tracker.storage.engine import include_name
from tracker.storage.tables import metadata

engine = context.config.attributes["engine"]

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        include_name=include_name,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    letters.by_number(connection)
    connection.commit()
