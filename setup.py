"""The only step of a build that pyproject.toml can't describe: what an earlier one left behind isn't built again."""

import shutil

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildAnew(build_py):
    """setuptools copies modules into build/lib and takes all that is there, also modules that are gone since."""

    def run(self) -> None:
        if not getattr(self, "editable_mode", False):
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


setup(cmdclass={"build_py": BuildAnew})
