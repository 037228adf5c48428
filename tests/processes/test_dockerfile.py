"""What CI makes of the Dockerfile: each line is done, and the first that fails is named."""

import subprocess
import sys
from pathlib import Path

from tests.parts import as_root, missing

SCRIPT = Path(__file__).parents[2] / ".ci" / "dockerfile.py"
NOT_TRIED = 2
LEFT = Path("/opt/left-by-a-test-of-the-dockerfile")


def done(file: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    file.write_text("".join(f"{line}\n" for line in lines))
    told = subprocess.run([*as_root(), sys.executable, SCRIPT, file], capture_output=True, text=True, check=False)
    if told.returncode == NOT_TRIED:
        missing(told.stderr.strip())
    return told


def test_a_line_that_fails_is_named_and_nothing_of_it_stays_on_the_machine(tmp_path: Path) -> None:
    told = done(
        tmp_path / "Dockerfile",
        "# a comment",
        "FROM python:3.13-slim",
        f"RUN touch {LEFT} && \\",
        "    python -c 'import sys; sys.exit(3)'",
        "USER 10001",
    )
    assert told.returncode == 1
    assert "Dockerfile, line 3: /bin/sh -c 'touch " in told.stderr
    assert "ended with 3" in told.stderr
    assert "USER" not in told.stdout
    assert not LEFT.exists()


def test_a_line_that_the_script_does_not_know_is_no_line_that_was_done(tmp_path: Path) -> None:
    told = done(tmp_path / "Dockerfile", "FROM python:3.13-slim", "ADD bot bot")
    assert told.returncode == 1
    assert told.stderr == "Dockerfile, line 2: ADD isn't known to this script: teach it what it does.\n"


def test_the_context_is_what_dockerignore_leaves(tmp_path: Path) -> None:
    told = done(
        tmp_path / "Dockerfile",
        "FROM python:3.13-slim",
        "WORKDIR /context",
        "COPY bot bot",
        "COPY pyproject.toml CHANGELOG.md ./",
        "RUN ls -d *.* bot/sandbox/* bot/__pycache__ >&2; exit 4",
    )
    assert "pyproject.toml" in told.stderr
    assert "bot/sandbox/wire" in told.stderr
    assert "CHANGELOG.md" not in told.stderr
    assert "bot/sandbox/page\n" not in told.stderr
    assert "cannot access 'bot/__pycache__'" in told.stderr
