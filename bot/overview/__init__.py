"""More than one round or team: the trend, the overview, the digest."""
