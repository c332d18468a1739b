"""Calls are told of one at a time, and a run that nobody looks at any longer ends."""

from __future__ import annotations

import threading

import pytest
import torch
from torch.nn import Linear, Module, Sequential

from harness.divergence.lockstep import calls


@pytest.fixture
def model() -> Sequential:
    return Sequential(Linear(2, 2), Sequential(Linear(2, 2)))


def named(model: Module) -> dict[str, Module]:
    return dict(model.named_modules())


def test_parts_come_before_what_they_are_part_of(model: Sequential) -> None:
    told = [call.name for call in calls(lambda: model(torch.ones(1, 2)), named(model))]
    assert told == ["0", "1.0", "1", ""]


def test_a_call_has_what_went_in_and_what_came_out(model: Sequential) -> None:
    first = next(calls(lambda: model(torch.ones(1, 2)), named(model)))
    assert torch.equal(first.args[0], torch.ones(1, 2))
    assert torch.equal(first.output, model[0](torch.ones(1, 2)))


def test_a_second_call_of_a_module_has_a_number() -> None:
    part = Linear(2, 2)
    told = [call.name for call in calls(lambda: part(part(torch.ones(1, 2))), {"part": part})]
    assert told == ["part", "part#2"]


def test_the_run_stands_still_until_the_next_call_is_asked_for(model: Sequential) -> None:
    ran: list[str] = []
    model[1].register_forward_pre_hook(lambda module, given: ran.append("second"))
    running = calls(lambda: model(torch.ones(1, 2)), named(model))
    next(running)
    assert ran == []
    next(running)
    assert ran == ["second"]


def test_a_module_may_be_called_meanwhile_without_being_told_of(model: Sequential) -> None:
    told = []
    for call in calls(lambda: model(torch.ones(1, 2)), named(model)):
        call.module(*call.args)
        told.append(call.name)
    assert len(told) == 4


def test_what_a_hook_makes_of_an_output_is_what_is_told(model: Sequential) -> None:
    model[0].register_forward_hook(lambda module, given, output: output * 0)
    assert not next(calls(lambda: model(torch.ones(1, 2)), named(model))).output.any()


def test_the_precision_within_a_call_is_told(model: Sequential) -> None:
    def run() -> None:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            model(torch.ones(1, 2))

    assert {str(call.autocast) for call in calls(run, named(model))} == {"{'cpu': torch.bfloat16}"}


def test_what_the_run_raises_is_raised_here(model: Sequential) -> None:
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        list(calls(lambda: model(torch.ones(1, 3)), named(model)))


def test_an_abandoned_run_leaves_neither_thread_nor_hook(model: Sequential) -> None:
    before = threading.active_count()
    running = calls(lambda: model(torch.ones(1, 2)), named(model))
    next(running)
    running.close()
    assert threading.active_count() == before
    assert not any(module._forward_hooks for module in model.modules())
