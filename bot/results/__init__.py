"""What came of rounds: one round's summary, a team's last rounds, many teams' last rounds."""
