"""A team's life: set up, its members read from Slack, its managers, its channel, its end."""
