"""Codebooks: the loader and the ones that come with the package."""
