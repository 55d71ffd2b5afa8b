"""Grading what is handed in as it comes: who is to be looked at and when, what is done then, and for how long."""
