"""A large tree takes time in proportion to its text on two cores.

Five thousand files of nine serving projects have 54 megabytes, and took 57 seconds.
"""

from __future__ import annotations

import os
import shutil
from itertools import islice
from pathlib import Path

import pytest
import torch
import transformers

from harness.audit import Vocabulary, audit, shipped_rules
from harness.audit.languages import language_of

FILES = 2_500
#: Measured on two cores: 1.1 for serving projects, up to 1.7 for the models of transformers.
SECONDS_A_MEGABYTE = 2.5
BESIDE_OTHERS = pytest.mark.skipif("PYTEST_XDIST_WORKER" in os.environ, reason="is timed where nothing else runs")


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


@pytest.mark.slow
@BESIDE_OTHERS
def test_a_large_tree_takes_time_in_proportion_to_its_text(large: Path, vocabulary: Vocabulary) -> None:
    audited = audit(large, shipped_rules(), vocabulary, processes=2)
    megabytes = sum(path.stat().st_size for path in large.rglob("*") if path.is_file()) / 1e6
    assert sum(audited.files.values()) > 0.95 * FILES
    assert audited.seconds < SECONDS_A_MEGABYTE * megabytes
