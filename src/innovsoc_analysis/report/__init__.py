"""What people read: one dictionary is computed, then rendered; the first is tested without a browser."""
