"""The learned coder: what sentences that people have coded teach."""
