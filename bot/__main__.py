"""`python -m bot` is `maturity`."""

import sys

if __name__ == "__main__":
    from bot.cli import main

    sys.exit(main())
