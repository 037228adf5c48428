"""What `pip install .` takes: what is in the tree, and nothing that was."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def wheel_of(tree: Path, *, out: Path) -> list[str]:
    """The files in the tree's wheel, which the setuptools of the development packages builds: no index is asked."""
    how = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(out)]
    asked = [sys.executable, "-m", "pip", "wheel", *how, str(tree)]
    built = subprocess.run(asked, capture_output=True, text=True, check=False)
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
