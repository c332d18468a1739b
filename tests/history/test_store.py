"""Runs are kept whole, once, and by several jobs at the same time; on SQLite and on PostgreSQL alike."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.core.events import Event, from_json, to_json
from harness.core.run import Run
from harness.core.vocabulary import Status
from harness.history.acceptance import Acceptance
from harness.history.errors import StoreUnreachable, StoreUnusable
from harness.history.store import open_store
from tests.history.conftest import Postgres

Stream = Callable[..., list[Event]]


def test_a_run_comes_back_as_it_was_kept(place: str, stream: Stream) -> None:
    store = open_store(place)
    assert store.add(stream())
    assert store.events("aaaa") == [from_json(to_json(event)) for event in stream()]


def test_a_run_is_kept_once(place: str, stream: Stream) -> None:
    store = open_store(place)
    assert [store.add(stream()), store.add(stream())] == [True, False]
    assert len(store.runs()) == 1


def test_a_run_that_was_kept_before_its_end_is_replaced_by_the_whole(place: str, stream: Stream) -> None:
    store = open_store(place)
    store.add(stream(finished=False))
    assert store.add(stream())
    (kept,) = store.runs()
    assert kept.verdict == "pass"
    assert not store.add(stream(finished=False))


def test_another_run_of_the_same_id_is_refused(place: str, stream: Stream) -> None:
    store = open_store(place)
    store.add(stream())
    with pytest.raises(UsageError, match="another run of the id"):
        store.add(stream(value=2e-5))


def test_figures_are_derived_with_their_slices(place: str, stream: Stream) -> None:
    store = open_store(place)
    store.add(stream())
    found = {(point.name, point.slice): point.value for point in store.series()}
    assert found["quality/ndcg@10", "language=de"] == 1.0
    assert found["numerics.values", ""] == 1e-5
    assert found["count/pass", ""] == 1.0


def test_the_last_good_run_is_of_the_same_device_and_not_the_run_itself(place: str, stream: Stream) -> None:
    store = open_store(place)
    runs = [stream(c * 32, night=n) for n, c in enumerate("abc", 1)]
    for events in (*runs, stream("d" * 32, night=4, status=Status.FAIL), stream("e" * 32, night=5, device="mps")):
        store.add(events)
    assert store.last_good(Run.of(runs[2])).id == "b" * 32
    assert store.last_good(Run.of(runs[0])) is None


def test_a_run_that_fell_short_is_good_once_somebody_accepted_it(place: str, stream: Stream) -> None:
    store = open_store(place)
    store.add(stream("f" * 32, status=Status.FAIL))
    assert store.last_good() is None
    given = Acceptance("f" * 32, None, "a new tokenizer", "somebody", "2026-01-02T00:00:00+00:00", {"findings": []})
    store.accept(given)
    assert store.last_good().id == "f" * 32
    assert store.acceptances() == [given]


def test_an_id_that_is_not_there_or_not_clear_is_told(place: str, stream: Stream) -> None:
    store = open_store(place)
    store.add(stream("ab" + "0" * 30))
    store.add(stream("ac" + "0" * 30))
    with pytest.raises(UsageError, match="more than one run"):
        store.events("a")
    with pytest.raises(UsageError, match="no run"):
        store.events("%")


def test_jobs_that_begin_at_the_same_moment_keep_everything_once(place: str, stream: Stream, tmp_path: Path) -> None:
    """Six processes open an empty store at once; each keeps a run of its own and one that all of them have."""
    for n in range(7):
        text = "\n".join(map(to_json, stream(str(n) * 32, night=n + 1)))
        (tmp_path / f"{n}.jsonl").write_text(text + "\n")
    code = "from harness.cli import main; main()"
    jobs = [
        subprocess.Popen(
            [sys.executable, "-c", code, "store", f"{n}.jsonl", "6.jsonl", "--store", place],
            cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(6)
    ]  # fmt: skip
    said = [job.communicate(timeout=120) for job in jobs]
    assert [(job.returncode, error) for job, (_, error) in zip(jobs, said, strict=True)] == [(0, "")] * 6
    assert sum(out.count("stored") for out, _ in said) == 7
    assert len(open_store(place).runs()) == 7


def test_who_writes_waits_for_another_and_sees_what_that_one_kept(place: str, stream: Stream) -> None:
    from sqlalchemy import insert

    from harness.history.database import writing
    from harness.history.store import _row
    from harness.history.tables import RUNS

    first, second, events = open_store(place), open_store(place), stream()
    text = "\n".join(map(to_json, events))
    with ThreadPoolExecutor(1) as others:
        with writing(first.engine) as connection:
            connection.execute(insert(RUNS).values(_row(Run.of(events), text, "")))
            kept = others.submit(second.add, events)
            time.sleep(0.3)
            assert not kept.done()
        assert kept.result(timeout=30) is False


def test_a_store_of_the_first_version_is_brought_to_this_one(place: str, stream: Stream) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import inspect, text

    from harness.history.database import MIGRATIONS, reading, writing

    store = open_store(place)
    store.add(stream())
    with writing(store.engine) as connection:
        connection.execute(text("DROP TABLE acceptances"))
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.stamp(config, "0001")
    store.close()
    again = open_store(place)
    with reading(again.engine) as connection:
        assert "acceptances" in inspect(connection).get_table_names()
    assert len(again.runs()) == 1


def test_a_store_of_a_later_version_is_left_alone(place: str) -> None:
    from sqlalchemy import text

    from harness.history.database import writing

    store = open_store(place)
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreUnusable, match="update rerank-harness"):
        open_store(place)


def test_the_tables_are_those_that_the_migrations_make(place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from harness.history.database import reading
    from harness.history.tables import METADATA

    with reading(open_store(place).engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_locked_file_is_told_in_one_line(tmp_path: Path, stream: Stream) -> None:
    from harness.history.database import open_database
    from harness.history.store import Store

    place = str(tmp_path / "h.sqlite")
    open_store(place).close()
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnusable, match="database is locked; the run's events are kept: repeat with"):
        Store(open_database(place, patience=0.1)).add(stream())
    other.execute("ROLLBACK")
    other.close()
    assert open_store(place).add(stream())


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read as one" * 20, None])
def test_what_is_no_database_is_told_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "h.sqlite"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(StoreUnusable, match=r"h\.sqlite cannot be used"):
        open_store(str(path))


def test_a_place_that_is_none_is_told_in_one_line() -> None:
    with pytest.raises(UsageError, match="cannot be kept in 'mysql'"):
        open_store("mysql://somebody@host/db")


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(StoreUnreachable) as told:
        open_store("postgresql://somebody:planted@127.0.0.1:1/db")
    assert "planted" not in str(told.value)
    assert "cannot be reached" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_server_that_dies_in_the_middle_leaves_nothing_half_visible(
    postgres: Postgres, postgres_folder: Path, stream: Stream
) -> None:
    from sqlalchemy import insert, select

    from harness.history.database import writing
    from harness.history.store import _row
    from harness.history.tables import RUNS

    store = open_store(postgres.url)
    run = Run.of(stream())

    def interrupted() -> None:
        with writing(store.engine) as connection:
            connection.execute(insert(RUNS).values(_row(run, "", "")))
            postgres.die()
            connection.execute(select(RUNS))

    with pytest.raises(StoreUnreachable, match="events are kept"):
        interrupted()
    again = Postgres.start(postgres_folder, postgres.port)
    reopened = open_store(again.url)
    assert reopened.runs() == []
    assert reopened.add(stream())
    reopened.close()
    again.die()
