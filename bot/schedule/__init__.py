"""When a team is asked: the rule, the zones, the days off, and the next dates that come of them."""
