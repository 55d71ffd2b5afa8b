"""What helps those who write exercises."""
