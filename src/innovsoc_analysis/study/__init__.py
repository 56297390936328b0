"""A study: its corpus tables, its results and the record of how they were made."""
