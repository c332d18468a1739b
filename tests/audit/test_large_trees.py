"""A tree of five thousand files takes less than a minute on two cores."""

from __future__ import annotations

import resource
import shutil
from itertools import islice
from pathlib import Path

import pytest
import torch
import transformers

from harness.audit import Vocabulary, audit, shipped_rules
from harness.audit.languages import language_of

FILES = 5_000
SECONDS = 60


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Sources that people wrote, of models and tokenizers above all: those of the packages that run them here."""
    packages = [Path(package.__file__).parent for package in (transformers, torch)]
    sources = (path for package in packages for path in sorted(package.rglob("*")) if language_of(path) is not None)
    for path in islice(sources, FILES):
        copy = tmp_path / path.relative_to(Path(torch.__file__).parent.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return tmp_path


def computed(who: int) -> float:
    """Seconds that processors worked, which other work on the machine does not add to."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


@pytest.mark.slow
def test_a_large_tree_takes_less_than_a_minute(large: Path, vocabulary: Vocabulary) -> None:
    before = computed(resource.RUSAGE_SELF), computed(resource.RUSAGE_CHILDREN)
    audited = audit(large, shipped_rules(), vocabulary, processes=2)
    here, beside = computed(resource.RUSAGE_SELF) - before[0], computed(resource.RUSAGE_CHILDREN) - before[1]
    assert sum(audited.files.values()) > 0.95 * FILES
    assert here + beside / 2 < SECONDS, audited.seconds
