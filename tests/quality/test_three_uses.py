"""What the README shows for every push, every night and every release runs as it stands there."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import PROGRAMS

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "README.md").read_text(encoding="utf-8").split("## Three uses")[1].split("\n## ")[0]
COMMANDS = [
    shlex.split(line, comments=True) for block in re.findall(r"```bash\n(.*?)```", SECTION, re.DOTALL)
    for line in block.splitlines() if line.strip()
]  # fmt: skip


@pytest.mark.slow
def test_the_three_uses_run_one_after_the_other(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "policy.toml", tmp_path)
    done = [
        subprocess.run([*PROGRAMS[words[0]], *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False)
        for words in COMMANDS
    ]
    told = [(words, each.returncode, each.stderr[-600:]) for words, each in zip(COMMANDS, done, strict=True)]
    # speed is compared for real, and a busy machine may be slower the second night: then the page says so
    night = next(n for n, words in enumerate(COMMANDS) if "last-good" in words)
    assert {n: each for n, each in enumerate(told) if each[1] != 0 and n not in (night, night + 1)} == {}
    for page in ("night-2/nightly.html", "release.dsse.evidence/release.html", "runs/cpu/summary.md"):
        assert (tmp_path / page).is_file()


def test_all_three_uses_are_shown() -> None:
    shown = {words[0] if words[0] == "pytest" else words[1] for words in COMMANDS}
    assert shown == {"pytest", "verify", "compare", "history", "accept", "keys", "signoff", "signoff-check"}
