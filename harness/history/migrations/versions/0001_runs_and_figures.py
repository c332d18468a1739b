"""Runs with their events, and the figures that are derived from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("started", sa.String(40), nullable=False, index=True),
        sa.Column("finished", sa.String(40)),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("model", sa.Text),
        sa.Column("model_digest", sa.String(80)),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("dtype", sa.String(16)),
        sa.Column("profile", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("events", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "figures",
        sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("slice", sa.Text, nullable=False),
        sa.Column("value", sa.Float(53)),
        sa.Column("unit", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", "slice"),
    )
