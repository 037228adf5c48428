"""Action items: adopted, owned, due, ended."""
