"""Clean text that still knows its place in the source; speaker turns."""
