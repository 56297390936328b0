"""The French pipeline: segments and tokens as tables."""
