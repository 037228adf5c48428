"""Tools beneath everything else: clock, settings, logs, metrics, translation. They import nothing of `bot`."""
