"""Slack's own: its API, its ids, its blocks and modals, what its refusals mean, and answering it."""
