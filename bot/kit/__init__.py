"""Tools that know nothing of check-ins or of Slack."""
