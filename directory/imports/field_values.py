"""A value as a cleaner gives it, which can be compared and hashed, and as a field of a model keeps it."""

from phonenumber_field.phonenumber import PhoneNumber


def as_cleaned(value: object) -> object:
    if isinstance(value, PhoneNumber):
        return value.as_e164
    return tuple(value) if isinstance(value, list) else value


def as_stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
