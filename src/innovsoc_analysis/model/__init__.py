"""Immutable records, table schemas and errors; no input or output."""
