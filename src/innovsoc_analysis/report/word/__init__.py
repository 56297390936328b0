"""The report as a Word document: real styles, tables, captions and links, to be edited further."""
