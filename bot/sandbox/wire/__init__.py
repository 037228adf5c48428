"""The middle floor: everything between Slack and an app. Web API, deliveries, Socket Mode, OAuth and faults."""
