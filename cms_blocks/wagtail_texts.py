"""What editors read in the admin and Wagtail has not in Danish. Our catalogue comes before Wagtail's own."""

from django.utils.translation import gettext_noop

FILE_TOO_BIG = gettext_noop("This file is too big (%(file_size)s). Maximum filesize %(max_filesize)s.")
