"""`/maturity ...`: typed words, what each of them means, and the help."""
