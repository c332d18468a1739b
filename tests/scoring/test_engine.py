"""What was asked for, in words."""

import pytest

from harness.scoring.engine import HERE, Engine, Kind


@pytest.mark.parametrize(
    ("engine", "told"),
    [
        (HERE, "this process"),
        (Engine(Kind.RAY), "Ray: workers of this machine"),
        (Engine(Kind.RAY, 1), "Ray: a worker of this machine"),
        (Engine(Kind.RAY, 2, "10.0.0.1:6379"), "Ray: 2 workers at 10.0.0.1:6379"),
    ],
)
def test_an_engine_says_who_works(engine: Engine, told: str) -> None:
    assert str(engine) == told
