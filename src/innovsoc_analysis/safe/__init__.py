"""The only room that does dangerous things: unzip, parse XML, start processes, replace files."""
