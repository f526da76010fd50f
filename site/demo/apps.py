from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The invented municipality that `load_demo` writes."""

    name = "demo"
    label = "torv_demo"
