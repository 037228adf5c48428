"""Who somebody is, which team they mean, and what they may do."""
