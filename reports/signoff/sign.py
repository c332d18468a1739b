"""From runs and a policy to a statement on the disk: everything beside it first, the statement last."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from harness.core.errors import UsageError
from harness.core.versions import version_of
from reports.signoff import evidence
from reports.signoff.decision import Decision
from reports.signoff.envelope import sealed
from reports.signoff.model import Covers, differences, digested, files_of
from reports.signoff.statement import claim_of, payload, read_payload
from reports.store import EVENTS, write_atomically

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner


@dataclass(frozen=True, slots=True)
class Given:
    """What a release is decided from: folders of runs or their event streams, a policy, waivers."""

    runs: Sequence[Path]
    policy: Path
    waivers: Path | None = None

    @property
    def events(self) -> tuple[Path, ...]:
        """The event streams."""
        return tuple(run / EVENTS if run.is_dir() else run for run in self.runs)


def sign_off(
    given: Given, out: Path, signer: CryptoSigner | None, folder_of: Callable[[str], Path | None], at: datetime
) -> Decision:
    """Decide, and write the statement `out` with its folder of evidence; `folder_of` finds the folder of a model by its
    id, where it is at hand. At every moment `out` is absent or whole, with the evidence that it is about.

    UsageError, and nothing written: an input cannot be read, or the runs are not of one model, or not of this one.
    """
    with _staged(out) as folder:
        evidence.collect(folder, given.events, given.policy, given.waivers)
        decision = evidence.derive(folder, at)
        model = folder_of(decision.model)
        covers = Covers.RUNS if model is None else Covers.FOLDER
        subjects = _subjects(decision, model)
        evidence.conclude(folder, decision)
        claim = claim_of(decision, subjects, covers, evidence.listing(folder), str(version_of("rerank-harness")))
        content = payload(claim)
        read_payload(content)  # what cannot be read again is not signed: events may hold anything
        _publish(folder, out, sealed(content, signer))
    return decision


def _subjects(decision: Decision, model: Path | None) -> Mapping[str, str]:
    """The model's files. Those that the runs read must be in its folder as they were."""
    read = digested(decision.runs[0])
    if not read:
        raise UsageError("the runs do not say the digests of the model's files; verify again")
    if model is None:
        return read
    found = files_of(model, read)
    for name, how in differences(read, {name: found[name] for name in read if name in found}):
        raise UsageError(f"{model / name} {how} since the runs verified the model {decision.digest}; verify again")
    return found


@contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """A new folder beside `out`, which goes again whatever happens."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise UsageError(f"cannot write beside {out}: {error.strerror}; name another file with --out") from None
    try:
        folder = staged / "evidence"
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _publish(folder: Path, out: Path, envelope: str) -> None:
    """Put a staged folder and its statement into their places, of which an earlier statement goes first."""
    place = evidence.beside(out)
    if place == out or (place.exists() and not (place / evidence.NUMBERS).is_file()):
        raise UsageError(f"{place} is there and is no evidence of a sign-off; name another file with --out")
    whole = folder.with_name("statement")
    write_atomically(whole, envelope)  # from here on nothing needs room on the disk
    try:
        out.unlink(missing_ok=True)
        if place.exists():
            place.rename(folder.with_name("earlier"))
        folder.rename(place)
        whole.replace(out)
    except OSError as error:
        raise UsageError(f"cannot write {place}: {error.strerror}; name another file with --out") from None
