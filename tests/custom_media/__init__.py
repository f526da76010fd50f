"""A municipality's own models of images, documents and media."""
