"""What may be shown of closed rounds, as files: gathered from the database, laid out as tables, written as a format."""
