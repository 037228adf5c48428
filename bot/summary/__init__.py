"""The result of one closed round: its message, its picture, its details."""
