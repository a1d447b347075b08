"""What the desk writes and reads."""
