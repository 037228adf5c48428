"""What admins of a workspace see and set: who else is one, what holds for every team, the audit."""
