from django.apps import AppConfig


class SampleHostConfig(AppConfig):
    name = "tests.sample_host"
    label = "sample_host"
    default_auto_field = "django.db.models.BigAutoField"
