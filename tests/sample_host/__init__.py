"""A municipality's own app, as docs/how-to/add-fields.md builds it."""
