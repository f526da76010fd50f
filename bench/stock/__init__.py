"""What one builds with Wagtail's own search, django-filter and the ORM: the measure to beat."""
