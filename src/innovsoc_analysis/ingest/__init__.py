"""From files to texts with their places: one small reader per format, behind one registry."""
