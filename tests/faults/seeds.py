"""What chance decides, so that a run that failed can be run again."""

import os
import random
import sys


def the_seed() -> int:
    """FAULT_SEED, to replay a run; else a new one. Printed either way: pytest shows it for a test that fails."""
    seed = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
    test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
    sys.stdout.write(f"To replay: FAULT_SEED={seed} python -m pytest -p no:randomly '{test}'\n")
    return seed
