"""Entries from files: readers give rows, a map names columns, cleaners mend cells, the writer publishes."""
