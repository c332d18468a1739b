"""Where alembic finds the connection that the store hands in."""

from __future__ import annotations

from alembic import context

from harness.history.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
