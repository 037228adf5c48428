"""The middle floor: what an app reaches and what reaches it. The Web API, deliveries, Socket Mode, OAuth and faults."""
