"""The documents' picture and excerpt, drawn anew from the demonstration: `make pictures`."""  # noqa: INP001 - a script

import asyncio
import io
import shutil
import sys
import tempfile
from pathlib import Path

from bot.demo import run_demo

HERE = Path(__file__).parent
PARTS = (
    ("Tuesday 3 November, 10:00: the round", "\nTue 10:00  maturity to ben,"),
    ("Friday 6 November, 10:00: the round closes", "\nFri 10:00  maturity in #permits (in a thread)"),
)
"""Where each part of the excerpt begins, and what follows it: how a member is asked, and what the team is told."""


def main() -> int:
    """Play the demonstration and keep its picture and two parts of what it says."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(run_demo(directory=Path(directory), port=0, stay=False, out=said))
        shutil.copyfile(Path(directory) / "profile.png", HERE / "profile.png")
    parts = [start + said.getvalue().partition(start)[2].partition(end)[0] for start, end in PARTS]
    (HERE / "transcript.txt").write_text("\n\n\n".join(part.rstrip() for part in parts) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
