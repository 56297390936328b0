"""What each command does, in English: the program itself speaks French."""  # noqa: INP001

ENGLISH = {
    "init": "Makes the folder of a study: `sources` for your texts and `innovsoc.toml`, in which every setting is "
    "explained. A study that is already there is not touched.",
    "run": "Does a whole study, or brings it up to date: reading, coding, topics, vocabulary, report. A step is done "
    "again only if something it stands on has changed.",
    "reproduce": "Does results again from their sources, apart from the first ones, and says what differs and why. "
    "Exit status 0 if all is identical, 3 if something differs.",
    "doctor": "Checks the installation and a study, and says what to do. Changes nothing.",
    "ingest": "Reads texts of any mix of formats into one table, and says what has become of each file.",
    "code": "Codes texts, each code with the words that support it, and writes the report, the workbook, the tables "
    "and the queue of codes to re-read.",
    "topics": "Finds the topics of a set of texts, and looks for each of them again in other draws of the documents. "
    "`--n-topics auto` recommends a number, or none.",
    "lexicon": "Studies the vocabulary of a set of texts: specific words, correspondence analysis, Reinert's classes, "
    "similarity graph and richness, on one page.",
    "report": "Writes the report of a study, as a page and as a Word document, from results that are already there. "
    "Nothing is computed again.",
    "concordance": "Looks for a word in all its forms, or for several, and shows each occurrence in its context.",
    "inclusive": "Counts inclusive writing: how many forms, of which kinds, in which texts.",
    "pseudonymise": "Replaces the names in confidential interviews, in two steps with your decisions in between, and "
    "checks that none is left in results. The table of names and the key are confidential.",
    "train": "Trains a model on sentences that people have coded. The model keeps words of these sentences, and is as "
    "confidential as they are.",
    "evaluate": "Compares what the coders find with what people have coded: precision, recall, F1 and their intervals, "
    "code by code.",
    "agreement": "Measures, code by code, the agreement of coders who have coded the same texts, and lists their "
    "disagreements, which quote the texts.",
    "codebook show": "Shows a codebook, one line for each code; one code as a whole, with its examples and motifs; or, "
    "with `--yaml`, the file itself.",
    "codebook check": "Checks a codebook and tries its examples. Exit status 0 if they all fit, 3 otherwise.",
}
