"""Pseudonyms: names found and listed for a person to decide, replaced, found again in results, and led back.

Text of documents is text as the corpus holds it (cleaned); places are code points in it, half-open.
"""
