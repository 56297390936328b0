"""How topics are read: words, prevalence, codes, maps, a page."""
