"""Answers written down as they come, and given again."""

import json
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harness.core.errors import MalformedAnswer, Refused, TargetError, UsageError
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.reference.reply import Item
from harness.reference.stages import RerankRequest
from harness.targets.function import FunctionTarget
from harness.targets.journal import Journal, read_journal
from harness.targets.journaled import Journaled, Remembered, remembered
from harness.targets.protocol import Capabilities

RUN = "5e1f"
REQUEST = RerankRequest((Pair("q", "a"), Pair("q", "b")), raw=True, top_n=1)


class Counting:
    """A target of which no two answers are alike."""

    spec, reranker, capabilities = "python:counting", None, Capabilities(Scale.LOG_ODDS, instruction=True)

    def __init__(self, answers: Sequence[float] = ()) -> None:
        self.asked, self.answers = 0, answers

    def score(self, query: str, documents: list[str], instruction: str | None) -> list[float]:
        self.asked += 1
        return [self.answers[self.asked - 1] if self.answers else self.asked / 3] * len(documents)


class Responding(Counting):
    def respond(self, request: RerankRequest) -> tuple[tuple[Item, ...], int | None]:
        self.asked += 1
        return (Item(1, 0.1 + self.asked),), 7


def failing(error: Exception) -> FunctionTarget:
    def answer(query: str, documents: list[str], instruction: str | None) -> list[float]:
        raise error

    return FunctionTarget(answer, "python:failing")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.jsonl"


def asked(path: Path, target: Any, ask: Callable[[Any], Any], **section: bool) -> Any:
    """What `ask` gets from a target in the section "a", in a journal that goes on where there is one."""
    lines, whole = read_journal(path, RUN) if path.exists() else ([], 0)
    with Journal(path, lines, whole) as journal:
        if not whole:
            journal.begin(RUN)
        journal.enter("a", **section)
        return ask(Journaled(target, journal))


def thrice(target: Any) -> list[list[float]]:
    return [target.score("q", ["d"], None), target.score("q", ["e"], None), target.score("q", ["d"], None)]


def test_equal_requests_get_their_answers_again_in_the_order_in_which_they_came(path: Path) -> None:
    first, target = asked(path, Counting(), thrice), Counting()
    assert first[0] != first[2]
    assert (asked(path, target, thrice), target.asked) == (first, 0)


def test_what_was_not_answered_yet_is_asked(path: Path) -> None:
    asked(path, Counting(), lambda target: target.score("q", ["d"], None))
    target = Counting()
    assert (asked(path, target, thrice)[0], target.asked) == ([1 / 3], 2)


def test_another_interruption_gives_all_answers_again(path: Path) -> None:
    asked(path, Counting(), lambda target: target.score("q", ["d"], None))
    second = asked(path, Counting(), thrice)
    assert asked(path, target := Counting(), thrice) == second
    assert target.asked == 0


def test_a_section_that_keeps_nothing_asks_again(path: Path) -> None:
    asked(path, Counting(), thrice, keeps=False)
    asked(path, target := Counting(), thrice, keeps=False)
    assert (target.asked, len(path.read_text().splitlines())) == (3, 1)


def test_scores_are_given_again_to_the_last_bit(path: Path) -> None:
    scores = [0.1 + 0.2, math.nan, -math.inf]
    asked(path, Counting(scores), thrice)
    again = [score for (score,) in asked(path, Counting(), thrice)]
    assert [repr(score) for score in again] == [repr(score) for score in scores]


@pytest.mark.parametrize("error", [Refused("too long", 413), MalformedAnswer("no list")])
def test_an_error_of_the_targets_own_is_an_answer(error: TargetError, path: Path) -> None:
    for target in (failing(error), Counting()):
        with pytest.raises(type(error), match=str(error)) as told:
            asked(path, target, thrice)
        assert vars(told.value) == vars(error)


def test_a_target_that_died_is_asked_again(path: Path) -> None:
    with pytest.raises(TargetError):
        asked(path, failing(TargetError("connection reset")), thrice)
    assert asked(path, Counting(), thrice)[0] == [1 / 3]


def test_whole_responses_are_given_again_where_the_target_has_them(path: Path) -> None:
    first = asked(path, Responding(), lambda target: target.respond(REQUEST))
    assert asked(path, target := Responding(), lambda again: again.respond(REQUEST)) == first == ([Item(1, 1.1)], 7)
    assert target.asked == 0
    assert not hasattr(Journaled(Counting(), Journal(path)), "respond")


def test_texts_are_not_in_the_journal(path: Path) -> None:
    asked(path, Counting(), lambda target: target.score("secret query", ["secret document"], "secret task"))
    assert "secret" not in path.read_text()


def test_texts_that_no_utf_8_can_carry_are_kept_too(path: Path) -> None:
    first = asked(path, Counting(), lambda target: target.score("\ud800", ["\u2028"], None))
    assert asked(path, Counting([9.0]), lambda target: target.score("\ud800", ["\u2028"], None)) == first


def test_threads_may_share_a_journal(path: Path) -> None:
    def ask(target: Any) -> list[list[float]]:
        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(lambda n: target.score(f"q{n % 10}", ["d"], None), range(200)))

    first = asked(path, Counting(), ask)
    assert sorted(asked(path, target := Counting(), ask)) == sorted(first)
    assert target.asked == 0


def test_remembered_scores_are_known_again(path: Path) -> None:
    pairs = [Pair("q", "d"), Pair("q", "d", "task")]
    with Journal(path) as journal:
        journal.begin(RUN)
        Remembered(journal, {}).update(zip(pairs, [0.5, math.nan], strict=True))
    lines, whole = read_journal(path, RUN)
    with Journal(path, lines, whole) as journal:
        memory = Remembered(journal, remembered(lines))
        assert [repr(memory[pair]) for pair in pairs] == ["0.5", "nan"]
        assert Pair("q", "e") not in memory


def test_a_line_that_was_cut_off_is_left_out(path: Path) -> None:
    asked(path, Counting(), thrice)
    path.write_bytes(path.read_bytes()[:-5])
    assert len(read_journal(path, RUN)[0]) == 2


def test_the_answers_of_another_run_are_refused(path: Path) -> None:
    asked(path, Counting(), thrice)
    with pytest.raises(UsageError, match="does not hold the answers of the run other"):
        read_journal(path, "other")


@pytest.mark.parametrize("broken", ["{", "[]", '{"ask": 1}', "7"])
def test_a_broken_line_is_named(broken: str, path: Path) -> None:
    asked(path, Counting(), thrice)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:2], broken, *lines[2:]]) + "\n")
    with pytest.raises(UsageError, match="line 3 is no line of"):
        read_journal(path, RUN)


def test_a_paced_section_takes_as_long_as_it_took(path: Path) -> None:
    import time

    asked(path, Counting(), thrice)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps(line | ({"seconds": 0.05} if "ask" in line else {})) + "\n" for line in lines))
    began = time.perf_counter()
    asked(path, Counting(), thrice, paced=True)
    assert time.perf_counter() - began >= 0.15
