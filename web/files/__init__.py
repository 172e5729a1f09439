"""Carrying results out: one brief, written as a table, a picture, a Word file, a page or a policy."""
