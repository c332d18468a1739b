"""Whether two runs can be compared at all: the same questions to the same model in the same prompt."""

from __future__ import annotations

from collections.abc import Iterator

from harness.core.errors import UsageError
from harness.core.events import ScoresRecorded
from harness.core.run import Run
from harness.core.vocabulary import Area, Status
from harness.statistics.recorded import recorded_queries, takes_of

#: What must be the same: its name, and where an opening event tells it.
_SAME = (
    ("model", "model", "digest"), ("form", "model", "form"), ("served model", "request", "model_name"),
    ("collection", "inputs", "collection"), ("prompt", "inputs", "prompt"),
)  # fmt: skip
_DIGEST = "sha256:"
#: Letters of a digest that are told: "sha256:" and twelve digits.
_TOLD = 19
#: Their checks ask for every document of every query.
_ASKING = Area.RANKING_QUALITY
_HELD_BACK = (Status.NOT_VERIFIED, Status.ERROR)


def refuse_others(base: Run, run: Run) -> None:
    """UsageError with everything that differs and both its values: model, form, collection, prompt."""
    found = list(_apart(base, run))
    if found:
        raise UsageError(
            f"the runs {base.id[:8]} and {run.id[:8]} cannot be compared: {'; '.join(found)}; compare runs of one "
            "model, collection and prompt"
        )


def unknown(base: Run, run: Run) -> Iterator[str]:
    """Sentences about what only one of two runs tells, so that nobody knows whether it is the same."""
    for what, event, key in _SAME:
        values = [getattr(each.started, event).get(key) for each in (base, run)]
        if (values[0] is None) != (values[1] is None):
            silent = "base" if values[0] is None else "run"
            yield f"Whether the {what} is the same is not known: the {silent} does not tell it."


def unscored(base: Run, run: Run) -> Iterator[str]:
    """Sentences about scores that are not compared, and why."""
    for role, each in (("base", base), ("run", run)):
        if not takes_of(each):
            yield f"Quality and scores: the {role} {each.id[:8]} has no scores of judged queries; {_why(each)}."
    if takes_of(base) and takes_of(run) and not asked_alike(base, run):
        names = set(recorded_queries(base)) - set(recorded_queries(run))
        yield f"Quality and scores: the run has no scores of {len(names)} of the base's queries; {_why(run)}."


def asked_alike(base: Run, run: Run) -> bool:
    """Whether the run asked for all queries that the base has scores of: what is missing then is lost. A run that was
    cut short, planned less or was held back in the checks that ask for all of them did not.
    """
    missing = set(recorded_queries(base)) - set(recorded_queries(run))
    planned = set(base.started.planned) <= set(run.started.planned)
    return not missing or (run.finished is not None and planned and not _held_back(run))


def _apart(base: Run, run: Run) -> Iterator[str]:
    for what, event, key in _SAME:
        before, after = (getattr(each.started, event).get(key) for each in (base, run))
        if before != after and None not in (before, after):
            yield f"the {what} was {_named(base, what, before)}, and is {_named(run, what, after)}"
    if not (base.started.inputs and run.started.inputs) and (other := _other_questions(base, run)):
        yield other


def _named(run: Run, what: str, value: str) -> str:
    """A digest in brief, with the name of what it is of where there is one; anything else as it is."""
    told = value[:_TOLD] if value.startswith(_DIGEST) else value
    name = {"model": run.started.model.get("id"), "collection": run.started.environment.get("collection")}.get(what)
    return f"{name} ({told})" if name else told


def _other_questions(base: Run, run: Run) -> str:
    """What differs in the collections of runs without digests, by their scores; empty where nothing does."""
    before, after = recorded_queries(base), recorded_queries(run)
    if not (before and after):
        return ""
    if more := [query for query in after if query not in before]:
        return f"the base has no scores of the query {more[0]} and {len(more) - 1} others that the run has"
    for query, now in after.items():
        if sorted(_graded(before[query])) != sorted(_graded(now)):
            return f"the query {query} had other documents or grades in the base than it has in the run"
    return ""


def _graded(recorded: ScoresRecorded) -> list[tuple[str, int | None]]:
    """Each document with its grade; without one where the query was never judged."""
    return list(zip(recorded.documents, recorded.grades or [None] * len(recorded.documents), strict=True))


def _held_back(run: Run) -> bool:
    """Whether no check was made that asks for everything."""
    return all(f.status in _HELD_BACK for f in run.findings if f.area is _ASKING)


def _why(run: Run) -> str:
    """Why a run has no scores, or not all."""
    held = [f for f in run.findings if f.area is _ASKING and f.status in _HELD_BACK]
    if run.unavailable:
        return f"its device was not there: {run.unavailable[0].reason}"
    if run.finished is None:
        return "it ended before it could record them"
    if not any(check.startswith(f"{_ASKING}.") for check in run.started.planned):
        return f"it planned no check of {_ASKING}, which ask for all of them"
    return f"{held[0].check}: {held[0].message}" if held and _held_back(run) else "its target answered none"
