"""A whole study: its folder, its steps one after the other, and doing it again."""
