"""Keys: for their owner only, outside of repositories, never overwritten."""

import os
import subprocess
from pathlib import Path

import pytest

from harness.core.errors import UsageError
from reports.signoff.keys import generate, read_private, read_public


def test_the_private_key_is_for_its_owner_only(tmp_path: Path) -> None:
    public = generate(tmp_path / "new" / "release")
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "new" / "release", public)]
    assert (modes[0], modes[1] & 0o400, public.name) == (0o600, 0o400, "release.pub")


def test_the_two_keys_belong_together(tmp_path: Path) -> None:
    public = generate(tmp_path / "release")
    assert read_private(tmp_path / "release").public_key.keyid == read_public(public).keyid


def test_two_keys_are_never_the_same(tmp_path: Path) -> None:
    assert read_public(generate(tmp_path / "a")).keyid != read_public(generate(tmp_path / "b")).keyid


@pytest.mark.parametrize("there", ["release", "release.pub"])
def test_no_key_is_overwritten(there: str, tmp_path: Path) -> None:
    (tmp_path / there).write_text("old")
    with pytest.raises(UsageError, match="never overwritten"):
        generate(tmp_path / "release")
    assert [path.name for path in tmp_path.iterdir()] == [there]


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_key_that_others_can_read_is_refused_with_the_command_that_mends_it(mode: int, tmp_path: Path) -> None:
    generate(tmp_path / "release")
    (tmp_path / "release").chmod(mode)
    with pytest.raises(UsageError, match=f"chmod 600 {tmp_path}/release"):
        read_private(tmp_path / "release")


def test_a_password_protects_the_key(tmp_path: Path) -> None:
    generate(tmp_path / "release", b"open sesame")
    assert b"ENCRYPTED" in (tmp_path / "release").read_bytes()
    assert read_private(tmp_path / "release", b"open sesame").public_key.scheme == "ed25519"
    with pytest.raises(UsageError, match="needs a password"):
        read_private(tmp_path / "release")
    with pytest.raises(UsageError, match="the password is wrong"):
        read_private(tmp_path / "release", b"sesame")


def test_a_password_for_a_key_without_one_is_told(tmp_path: Path) -> None:
    generate(tmp_path / "release")
    with pytest.raises(UsageError, match="has no password"):
        read_private(tmp_path / "release", b"open sesame")


def test_what_is_no_key_is_refused_without_showing_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("PRIVATE-CONTENT")
    path.chmod(0o600)
    for read in (read_private, read_public):
        with pytest.raises(UsageError) as error:
            read(path)
        assert "PRIVATE-CONTENT" not in str(error.value)


def test_a_private_key_is_no_public_one(tmp_path: Path) -> None:
    generate(tmp_path / "release")
    with pytest.raises(UsageError, match="is no public key"):
        read_public(tmp_path / "release")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", tmp_path / "repo"], check=True)
    (tmp_path / "repo" / ".gitignore").write_text("secrets/\n")
    return tmp_path / "repo"


def test_a_repository_takes_no_private_key(repository: Path) -> None:
    with pytest.raises(UsageError, match="lies in a git repository that does not ignore it"):
        generate(repository / "new" / "release")
    assert sorted(path.name for path in repository.iterdir()) == [".git", ".gitignore"]


def test_a_repository_is_seen_through_a_link_and_whatever_git_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    os.symlink(repository, tmp_path / "link")
    with pytest.raises(UsageError, match="git repository"):
        generate(tmp_path / "link" / "release")


def test_a_folder_that_git_ignores_may_hold_a_key(repository: Path) -> None:
    assert generate(repository / "secrets" / "release").exists()


def test_without_git_no_repository_takes_a_private_key(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git repository"):
        generate(repository / "secrets" / "release")
