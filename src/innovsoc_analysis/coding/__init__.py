"""Codes on segments, each with the words that call for it."""
