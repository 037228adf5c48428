"""Lines that managers, admins and others are sent: what became of a round, a team, a file, a setting."""
