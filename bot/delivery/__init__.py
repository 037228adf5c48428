"""What we owe Slack: claimed, drawn, sent, its fate written down; outbox.py is where it begins."""
