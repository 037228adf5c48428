"""What happens to a request before anybody reads it: its size, its time, its signature."""
