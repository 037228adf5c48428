"""Every file that a document or a comment names is there, and a reader knows where."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.source import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")
FOLDERS = ("bot", "storage", "rubric", "tests", "benchmarks", "docs")
A_FILE = re.compile(r"(?<![\w/.])(?:[\w-]+/)*[\w-]+\.(?:py|toml|jinja)\b")
A_PATH = re.compile(r"`((?:[\w.-]+/)*[\w.-]+(?:/|\.(?:py|toml|jinja)))`")
ELSEWHERE = re.compile(r"slack_bolt/|slack_sdk/|uvicorn/|engine/apps|python-slack-sdk|bolt-python|asyncio/|starlette/")
"""Other people's software, whose files comments name as reasons."""


def files() -> set[str]:
    """Every file of ours, from the root."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)) for path in found} | {path.name for path in ROOT.iterdir() if path.is_file()}


THERE = files()


def is_there(named: str, *, beside: Path) -> bool:
    """A bare name is in the same folder or at the root; a path leads on from there or from `bot`."""
    tried = [beside / named, Path(named), *([Path("bot") / named] if "/" in named else [])]
    return any(str(path) in THERE for path in tried)


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The comments of a module, and every string that is a statement, as docstrings are; with their lines."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def modules() -> list[Path]:
    """All but the sandbox, which knows nothing of the product and speaks of its own files."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if "sandbox" not in path.parts]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_that_a_comment_names_is_there(folder: str) -> None:
    missing = [
        f"{path.relative_to(ROOT)}:{line} {named}"
        for path in modules()
        if path.relative_to(ROOT).parts[0] == folder
        for line, words in prose(path)
        if not ELSEWHERE.search(words)
        for named in A_FILE.findall(words)
        if not is_there(named, beside=path.relative_to(ROOT).parent)
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(document: str) -> None:
    """A bare name stands beside its folder, or for a file that many folders have."""
    ours = {Path(path).name for path in THERE}
    missing = [
        named
        for named in A_PATH.findall((ROOT / document).read_text())
        if not ((ROOT / named).exists() or ("/" not in named and named in ours))
    ]
    assert missing == []
