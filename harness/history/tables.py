"""The tables of a store. What they hold beside a run's events is derived from those, so that it can be searched."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, LargeBinary, MetaData, PrimaryKeyConstraint, String, Table, Text

METADATA = MetaData()

RUNS = Table(
    "runs",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("started", String(40), nullable=False, index=True),
    Column("finished", String(40)),
    Column("verdict", String(16), nullable=False),
    Column("target", Text, nullable=False),
    Column("model", Text),
    Column("model_digest", String(80)),
    Column("device", String(40), nullable=False),
    Column("dtype", String(16)),
    Column("profile", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("events", LargeBinary, nullable=False),
)

FIGURES = Table(
    "figures",
    METADATA,
    Column("run_id", String(64), ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("slice", Text, nullable=False),
    Column("value", Float(53)),
    Column("unit", Text, nullable=False),
    PrimaryKeyConstraint("run_id", "name", "slice"),
)

ACCEPTANCES = Table(
    "acceptances",
    METADATA,
    Column("run_id", String(64), ForeignKey("runs.id"), nullable=False),
    Column("base_id", String(64)),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("comparison", JSON, nullable=False),
    PrimaryKeyConstraint("run_id", "at"),
)
