"""What operators type: the doctor, teams from a file, exports from the database."""
