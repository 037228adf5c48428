"""A round from its opening to its close: when, for whom, and who may change that."""
