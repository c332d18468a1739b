"""The calls of a model's modules while it runs, one at a time: of a pass nothing is kept but the call that is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Queue
from threading import Event, Semaphore, Thread, get_ident
from typing import Any

import torch
from torch.nn import Module

from harness.reference.devices import KINDS


@dataclass(frozen=True, slots=True)
class Call:
    """A module that has returned, with what it was given and what it made of it; `autocast` has the kinds of device
    that compute in another dtype there than they are told to, with that dtype.
    """

    name: str
    module: Module
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    output: Any
    autocast: dict[str, torch.dtype]


class _Abandoned(BaseException):
    """Ends a run that nobody looks at any longer."""


def calls(run: Callable[[], object], modules: Mapping[str, Module]) -> Generator[Call, None, None]:
    """The calls of `modules` while `run` runs, in the order in which they return; parts come before what they are part
    of, and a second call of the same module is called name#2.

    The run has a thread of its own and stands still within a call until the next one is asked for. Calls from other
    threads are not told of, so that a module can be called again meanwhile. What the run raises is raised here.
    """
    made: Queue[Call | BaseException | None] = Queue(1)
    wanted, abandoned = Semaphore(0), Event()

    def tell(call: Call) -> None:
        made.put(call)
        wanted.acquire()
        if abandoned.is_set():
            raise _Abandoned

    def work() -> None:
        wanted.acquire()
        try:
            with _told(modules, tell):
                run()
            made.put(None)
        except _Abandoned:
            pass
        except BaseException as error:
            made.put(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        wanted.release()
        while (found := made.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found
            wanted.release()
    finally:
        abandoned.set()
        wanted.release()
        thread.join()


@contextmanager
def _told(modules: Mapping[str, Module], tell: Callable[[Call], None]) -> Iterator[None]:
    """Tells of each call that this thread makes, behind hooks that are there already and may change its output."""
    own, times = get_ident(), Counter[str]()

    def returned(name: str) -> Callable[..., None]:
        def hook(module: Module, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any) -> None:
            if get_ident() == own:
                times[name] += 1
                numbered = name if times[name] == 1 else f"{name}#{times[name]}"
                tell(Call(numbered, module, args, kwargs, output, _autocast()))

        return hook

    handles = [module.register_forward_hook(returned(name), with_kwargs=True) for name, module in modules.items()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _autocast() -> dict[str, torch.dtype]:
    return {kind: torch.get_autocast_dtype(kind) for kind in KINDS if torch.is_autocast_enabled(kind)}
