"""Wagtail's admin in Danish and German, where Wagtail itself has no words yet or poor ones."""
