"""Write what is printed of each case anew: `make golden`. Look at the difference before you commit it."""

from pathlib import Path

from tests.golden.cases import CASES, drawn

HERE = Path(__file__).parent


def main() -> None:
    for name, case in CASES.items():
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        for file, text in drawn(case()).items():
            (folder / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
