"""What people type, in one normal form; dates; the nearest to a misspelt word."""
