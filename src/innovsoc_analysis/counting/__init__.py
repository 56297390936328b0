"""What is counted, in what: words, units, parts."""
