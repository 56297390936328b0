"""What each step makes and writes: single commands and whole studies share these functions."""
