"""Write what is printed of each case anew: `make golden`. Look at the difference before you commit it."""

import asyncio
from pathlib import Path

from tests.golden.cases import CASES, drawn
from tests.golden.owed import drawn as owed_messages

HERE = Path(__file__).parent


def main() -> None:
    for name in CASES:
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        for file, text in drawn(name).items():
            (folder / file).write_text(text, encoding="utf-8")
    owed = HERE / "owed"
    owed.mkdir(exist_ok=True)
    for file, text in asyncio.run(owed_messages()).items():
        (owed / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
