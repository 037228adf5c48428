"""A member's check-in: the questions, the taps, the receipt, the reminder, the end."""
