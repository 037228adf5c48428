"""What the process that workers are forked from has imported; its garbage collector need not look at it again."""

import gc

import benchmarks.workers  # noqa: F401 - for what it imports

gc.collect()
gc.freeze()
