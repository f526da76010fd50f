"""A municipality's own app, as docs/how-to/add-fields.md and own-page-types.md build it."""
