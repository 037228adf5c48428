"""The top floor: the people of a workspace, what they do at their clients and what they see there."""
