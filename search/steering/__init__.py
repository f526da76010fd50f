"""Where editors steer the search in Wagtail's admin."""
