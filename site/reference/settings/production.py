"""For a server. Everything that differs between servers comes from the environment."""

import os

from .base import *  # noqa: F403


def listed(values: str) -> list[str]:
    """What a variable holds, parted by commas."""
    return [value for part in values.split(",") if (value := part.strip())]


DEBUG = False
SECRET_KEY = os.environ["TORV_SECRET_KEY"]
ALLOWED_HOSTS = listed(os.environ["TORV_ALLOWED_HOSTS"])
WAGTAILADMIN_BASE_URL = os.environ["TORV_BASE_URL"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", "torv"),
        "USER": os.environ.get("PGUSER", "torv"),
        "HOST": os.environ.get("PGHOST", "127.0.0.1"),
        "PORT": os.environ.get("PGPORT", "5432"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATABASE_CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    # Counts, one for each sender and while; beyond Django's limit of 300 some would be lost.
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
# Shared by all processes, so that the limits hold; `createcachetable` makes the tables.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "forms": {**DATABASE_CACHE, "LOCATION": "torv_form_cache"},
    "requests": {**DATABASE_CACHE, "LOCATION": "torv_request_cache"},
}
# The proxy writes last who has sent a request; without it all the town would be one sender, the proxy.
sender = "HTTP_X_FORWARDED_FOR"
TORV_BLOCKS = {**TORV_BLOCKS, "FORM_CACHE": "forms", "FORM_ADDRESS_HEADER": sender}  # noqa: F405
TORV_SEARCH = {**TORV_SEARCH, "API_CACHE": "requests", "API_ADDRESS_HEADER": sender}  # noqa: F405
if urls := listed(os.environ.get("TORV_ELASTICSEARCH_URLS", "")):
    access = {"URLS": urls, "API_KEY": os.environ.get("TORV_ELASTICSEARCH_API_KEY", "")}
    TORV_SEARCH = {**TORV_SEARCH, "ELASTICSEARCH": access}
AXES_CLIENT_IP_CALLABLE = "reference.senders.address"
# Notices to editors, reported errors and messages of contact pages go by this server.
EMAIL_HOST = os.environ.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 10  # seconds; without it a silent mail server keeps readers waiting
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL") or "webmaster@localhost"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from beside the server, without the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # editors see a page beside its form in a frame of this site, so SAMEORIGIN it is
    "security.W021",  # the browsers' HSTS list binds the whole domain: for its owner to ask for
]
