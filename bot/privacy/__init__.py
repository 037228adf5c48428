"""What is stored about a person, as they see it; its export and its erasure."""
