"""What the Makefile runs. The standard library only, except where a docstring says so."""
