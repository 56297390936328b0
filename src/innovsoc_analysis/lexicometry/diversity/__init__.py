"""How rich a vocabulary is, by measures that say whether they can be compared."""
