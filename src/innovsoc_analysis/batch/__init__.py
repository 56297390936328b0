"""Code thousands of files: partitions worked on apart, taken over after an interruption, merged as they come."""
