"""App Home: what one person finds there."""
