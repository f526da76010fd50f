"""Entries from files: a reader gives rows, a map names their columns, cleaners mend cells, the writer publishes."""
