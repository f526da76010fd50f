"""The vocabulary as a file: CSV in and out, SKOS (Turtle) out."""
