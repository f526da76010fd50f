"""Fields whose values are facts: the same in every language, so nobody is asked to translate them."""

from typing import Any

from wagtail.blocks import CharBlock


class FactMixin:
    """A translation keeps what its source has. wagtail-localize asks a block for these two."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value


class FactCharBlock(FactMixin, CharBlock):
    """A street, a postcode, a town."""
