"""What `pip install .` takes: what is in the tree, and nothing that was."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.parts import missing

ROOT = Path(__file__).parents[2]


def wheel_of(tree: Path, *, out: Path) -> list[str]:
    """The files in the tree's wheel."""
    asked = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(tree)]
    built = subprocess.run(asked, capture_output=True, text=True, check=False)
    if "No matching distribution found for setuptools" in built.stderr:
        missing("no setuptools to build with, and no way to a package index: `pip download setuptools` must work here")
    assert built.returncode == 0, built.stderr
    (wheel,) = out.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_a_module_that_was_removed_since_the_last_build_is_not_in_the_next(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "rubric", tree / "rubric", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tree)
    for folder in ("rubric", "bot"):
        left = tree / "build" / "lib" / folder / "gone.py"
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_text("raise AssertionError\n")
    files = wheel_of(tree, out=tmp_path)
    assert {"rubric/__init__.py", "rubric/smart_city.toml"} <= set(files)
    assert [file for file in files if "gone" in file] == []
