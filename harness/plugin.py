"""The pytest plugin: options, devices as markers, and one run with its report for each device that tests ask for.

Heavy imports happen in fixtures, so that the plugin costs nothing to a test run that does not use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.core.vocabulary import Area
from harness.engine.suites.messages import CARRIED
from harness.engine.suites.plan import check_of

if TYPE_CHECKING:
    from harness.engine.pytest_run import DeviceRun, Place
    from harness.engine.setup import Request
    from harness.engine.suites.written import Written
    from harness.targets.http.connection import Connection

KINDS = ("cpu", "cuda", "mps")
_WRITTEN = pytest.StashKey[list["Written"]]()
_WORKER, _CONTROLLER = "rerank-harness-worker", "rerank-harness-controller"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options carry a prefix, so that they do not collide with those of other plugins."""
    group = parser.getgroup("rerank-harness", "verification of rerankers")
    group.addoption("--rerank-target", default="reference", help="as `verify --target`")
    group.addoption("--rerank-model", help="the checkpoint meant to be served: embedded name, folder or hub id")
    group.addoption("--rerank-pack", type=Path, help="an answer pack in place of the checkpoint")
    group.addoption("--rerank-calibration", type=Path, help="measured tolerances as limits, of `calibrate`")
    group.addoption("--rerank-source", type=Path, help="a checkout of the serving project, to be audited as well")
    group.addoption("--rerank-collection", help="a judged collection: a BEIR folder")
    group.addoption("--rerank-profile", default="ci", help="smoke, ci, nightly or release")
    group.addoption("--rerank-dtype", help="dtype of the target `reference`")
    group.addoption("--rerank-prompt", default="server", choices=("server", "caller"), help="who applies the prompt")
    group.addoption("--rerank-record", type=Path, help="write what the target answers, for recorded:FILE")
    group.addoption("--rerank-api-key-env", help="environment variable that holds the server's API key")
    group.addoption("--rerank-header", action="append", default=[], help='a further header, "Name: value"')
    group.addoption("--rerank-ca-file", type=Path, help="certificates to trust beside the system's, PEM")
    group.addoption("--rerank-timeout", type=float, default=60.0, help="seconds that one request may take")
    group.addoption("--rerank-model-name", help="the name under which the server serves the model")
    group.addoption("--rerank-out", type=Path, help="folder for the runs; one folder a device is made in it")
    group.addoption("--require-device", action="store_true", help="fail, instead of not verified, without the device")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the device markers, and take part where pytest-xdist distributes the tests over several processes."""
    for kind in KINDS:
        config.addinivalue_line("markers", f"{kind}: verifies on the device {kind}")
    config.stash[_WRITTEN] = []
    if (given := getattr(config, "workerinput", {}).get(CARRIED)) is not None:
        from harness.engine.suites.worker import Worker

        config.pluginmanager.register(Worker(config, given), _WORKER)
    elif config.getoption("dist", "no") != "no" and config.getoption("tx") and not config.getoption("collectonly"):
        from harness.engine.suites.controller import Controller

        config.pluginmanager.register(Controller(config, config.stash[_WRITTEN]), _CONTROLLER)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Requests that are timed (argument `timed_request`: documents, tokens of each) are those of the profile."""
    if "timed_request" in metafunc.fixturenames:
        from harness.checks.profiles import PROFILES

        # a profile that does not exist is told by the run, in one line
        chosen = PROFILES.get(metafunc.config.getoption("--rerank-profile"), PROFILES["smoke"])
        ids = [f"{documents}x{tokens}" for documents, tokens in chosen.timed_requests]
        metafunc.parametrize("timed_request", chosen.timed_requests, ids=ids)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Checks run in the order of their phases, whichever file they stand in; other tests stay where they are. Those of
    sources are left out where no sources are named.
    """
    _leave_out_sources(config, items)
    places = [n for n, item in enumerate(items) if check_of(item) is not None]
    for place, item in zip(places, sorted((items[n] for n in places), key=_order), strict=True):
        items[place] = item


def _leave_out_sources(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if (check := check_of(item)) is not None and check.area is Area.SOURCE_AUDIT]
    if ours and config.getoption("--rerank-source") is None:
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Verdict and report of each device."""
    for written in config.stash[_WRITTEN]:
        terminalreporter.section("rerank-harness " + written.device)
        terminalreporter.write_line(written.conclusion())


def checks_of(*areas: Area) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Parametrise a test over the checks of some areas (argument `check`)."""
    from harness.checks.registry import all_checks

    chosen = [c for c in all_checks() if c.area in areas]
    return pytest.mark.parametrize("check", chosen, ids=[c.id for c in chosen])


@pytest.fixture(scope="session", params=[pytest.param(kind, marks=getattr(pytest.mark, kind)) for kind in KINDS])
def rerank_device(request: pytest.FixtureRequest) -> str:
    """The device that a test verifies on; select one with -m."""
    return str(request.param)


@pytest.fixture(scope="session")
def rerank_target() -> object:
    """Override this in a conftest.py to hand in a target: an object with the protocol of harness.targets, or a
    callable f(query, documents, instruction) -> scores. None: the one that --rerank-target names.
    """
    return None


@pytest.fixture(scope="session")
def rerank_run(rerank_device: str, rerank_target: object, request: pytest.FixtureRequest) -> Iterator[DeviceRun]:
    """The run of one device; its reports are written when its last test is over. Where tests are distributed over
    several processes, this is the part of the run that is made in this one.
    """
    from harness.engine.pytest_run import DeviceRun

    run = DeviceRun.open(
        _request(request.config, rerank_device, rerank_target),
        _place(request.config),
        checks=_selected(request.session.items, rerank_device),
    )
    yield run
    run.close()


@pytest.fixture
def verify(rerank_run: DeviceRun) -> Callable[[Any], None]:
    """Run one check: fails with its findings, and skips, saying so, where it could not be verified."""
    return rerank_run.judge


def _place(config: pytest.Config) -> Place:
    if (worker := config.pluginmanager.getplugin(_WORKER)) is not None:
        from harness.engine.suites.among import Among

        return Among(worker.outbox.append, worker.heard)
    from harness.engine.pytest_run import Alone

    return Alone(config.getoption("--rerank-out"), config.stash[_WRITTEN])


def _order(item: pytest.Item) -> tuple[int, int, str]:
    from harness.core.vocabulary import Phase

    check, params = check_of(item), item.callspec.params  # type: ignore[attr-defined]
    return KINDS.index(params["rerank_device"]), list(Phase).index(check.phase), check.id


def _selected(items: list[pytest.Item], device: str) -> tuple[Any, ...]:
    ours = [item for item in items if check_of(item) is not None]
    return tuple(check_of(i) for i in ours if i.callspec.params["rerank_device"] == device)  # type: ignore[attr-defined]


def _request(config: pytest.Config, device: str, target: object) -> Request:
    from harness.engine.setup import Request
    from harness.targets.function import FunctionTarget

    given: Any = target
    if given is not None and not hasattr(given, "score"):
        given = FunctionTarget(given, f"python:{getattr(given, '__module__', '?')}:{getattr(given, '__name__', '?')}")
    option = config.getoption
    return Request(
        target=option("--rerank-target") if given is None else given.spec,
        model=option("--rerank-model"),
        pack=option("--rerank-pack"),
        calibration=option("--rerank-calibration"),
        source=option("--rerank-source"),
        device=device,
        profile=option("--rerank-profile"),
        collection=option("--rerank-collection"),
        dtype=option("--rerank-dtype"),
        require_device=option("--require-device"),
        applies_prompt=option("--rerank-prompt") == "server",
        record=option("--rerank-record"),
        connection=_connection(option),
        given_target=given,
    )


def _connection(option: Callable[[str], Any]) -> Connection:
    from harness.targets.http.connection import Connection

    return Connection(
        api_key_env=option("--rerank-api-key-env"),
        headers=tuple(option("--rerank-header")),
        ca_file=option("--rerank-ca-file"),
        timeout=option("--rerank-timeout"),
        model_name=option("--rerank-model-name"),
    )
