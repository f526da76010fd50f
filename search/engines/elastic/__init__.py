"""Elasticsearch 8.19 or 9: a copy of the database's index that answers faster, and may fail at any time."""
