"""The ground floor: what this Slack holds. Workspaces, accounts, apps, conversations, messages, ids and the clock."""
