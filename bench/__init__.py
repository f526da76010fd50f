"""Side-by-side measurements. `python -m bench --help` tells what there is; nothing here is a test."""
