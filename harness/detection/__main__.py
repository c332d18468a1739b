"""Plant every fault, and write what diagnosis and checks find of it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from harness.detection.healthy import Configuration, opened
from harness.detection.kills import Planted, every_planted, members, row, updated
from harness.detection.subjects import USUAL, Subject, dialect_for, model_for
from harness.detection.trials import Trial, diagnosis_of_healthy, sampled_pairs, trial
from harness.diagnosis.result import Judgement
from harness.faults.catalogue import catalogue
from reports.detection import write_detection
from reports.kills import Matrix, Row, read_kills, write_kills

REPORTS = Path(__file__).resolve().parents[2] / "reports"


def main() -> None:
    """Run the trials that were asked for and write the table; a line a trial as it is made."""
    parser = argparse.ArgumentParser(prog="python -m harness.detection", description=__doc__)
    parser.add_argument("--only", action="append", help="a fault; may be given more than once (default: all)")
    parser.add_argument("--out", type=Path, help="folder for the reports (default: reports; with --only, none)")
    what = parser.add_subparsers(dest="what", required=True)
    diagnosis = what.add_parser("diagnosis", help="what diagnosis finds: detection.md and detection.json")
    diagnosis.add_argument("--pairs", type=int, default=60, help="pairs of faults that are tried")
    diagnosis.add_argument("--healthy", type=int, default=208, help="healthy deployments that are tried")
    kills = what.add_parser("kills", help="which checks fail: kills.md and kills.json")
    kills.add_argument("--check", action="append", help="make this check only again, and keep what the others saw")
    kills.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="processes (default: one a core)")
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    out = given.out or (None if given.only else REPORTS)
    if given.what == "kills":
        _kills(given.only, given.check, given.processes, out)
    else:
        _diagnosis(given.only or list(catalogue()), 0 if given.only else given.pairs, given.healthy, out)


def _kills(only: list[str] | None, checks: list[str] | None, processes: int, out: Path | None) -> None:
    """The matrix, written anew after each row, so that nothing is lost when it is stopped."""
    planted = [each for each in every_planted() if only is None or each.fault in only]
    before = read_kills(REPORTS / "kills.json") if checks else Matrix((), ())
    known = {(each.fault, each.situation): each for each in before.rows}
    with get_context("spawn").Pool(processes) as pool:
        for key, made in zip(map(_key, planted), pool.imap(partial(row, checks=checks), planted), strict=True):
            known[key] = updated(known[key], made, checks) if checks and key in known else made
            if out is not None:
                write_kills(Matrix(_in_order(known), before.tried), members(), out)
            print(f"{made.fault or 'healthy'} · {made.situation} · seen by {len(known[key].killed_by)}", flush=True)
    if out is not None:
        tried = {*before.tried, *(checks or (member.id for member in members()))}
        write_kills(Matrix(_in_order(known), tuple(sorted(tried))), members(), out)


def _in_order(known: Mapping[tuple[str, str], Row]) -> tuple[Row, ...]:
    return tuple(known[key] for key in map(_key, every_planted()) if key in known)


def _key(planted: Planted) -> tuple[str, str]:
    return planted.fault, planted.situation


def _diagnosis(faults: list[str], pairs: int, healthy: int, out: Path | None) -> None:
    trials = []
    for made in _trials(faults, pairs):
        trials.append(made)
        print(
            f"{'+'.join(made.planted)} · {made.way} · {made.verdict} · {', '.join(made.found) or 'nothing'}", flush=True
        )
    if out is not None:
        write_detection([_row(made) for made in trials], _healthy(healthy), out)


def _healthy(count: int) -> dict[str, Any]:
    """How many healthy deployments were tried, and those that were flagged."""
    flagged = []
    for seed in range(count):
        drawn, model = Configuration.drawn(seed), _subject(USUAL).weights
        with opened(drawn) as target:
            found = diagnosis_of_healthy(drawn, target, model)
        print(f"healthy {seed} · {drawn.way} · {drawn.dtype} · {found.verdict}", flush=True)
        if found.verdict is not Judgement.PASS:
            flagged.append({**asdict(drawn), "found": [cause.variant for cause in found.causes]})
    return {"configurations": count, "flagged": flagged}


def _trials(faults: list[str], pairs: int) -> Iterator[Trial]:
    for place, fault in enumerate(faults):
        subject = _subject(model_for([fault]))
        yield trial([fault], "weights", subject.planted([fault]), subject.weights)
        yield trial([fault], "pack", subject.planted([fault]), subject.pack)
        dialect = dialect_for(fault, place)
        with subject.served([fault], dialect) as target:
            yield trial([fault], dialect, target, subject.weights)
    for pair in sampled_pairs(pairs):
        subject = _subject(model_for(pair))
        yield trial(pair, "weights", subject.planted(pair), subject.weights)


@cache
def _subject(name: str) -> Subject:
    return Subject(name)


def _row(made: Trial) -> dict[str, Any]:
    return {
        "planted": list(made.planted), "planted_stages": [catalogue()[id].stage.value for id in made.planted],
        "way": made.way, "verdict": made.verdict, "found": list(made.found), "stages": list(made.stages),
        "confidence": round(made.confidence, 3), "detected": made.detected, "stage_named": made.stage_named,
        "variant_first": made.variant_first, "requests": made.requests, "forward_passes": made.passes,
        "seconds": made.seconds,
    }  # fmt: skip


if __name__ == "__main__":
    main()
