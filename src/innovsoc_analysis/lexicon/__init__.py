"""The words of French: which parts of speech, lemma, gender and number a form can have."""
