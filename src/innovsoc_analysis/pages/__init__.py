"""What every HTML page of the toolkit is made of: one file that needs neither network nor server."""
