"""What editors read in the admin and Wagtail and wagtailmedia lack in Danish. Ours comes before theirs."""

from django.utils.translation import gettext_noop

FILE_TOO_BIG = gettext_noop("This file is too big (%(file_size)s). Maximum filesize %(max_filesize)s.")

MEDIA = (
    gettext_noop("Media"),
    gettext_noop("media"),
    gettext_noop("media items"),
    gettext_noop("Audio file"),
    gettext_noop("Video file"),
    gettext_noop("duration"),
    gettext_noop("Duration in seconds"),
    gettext_noop("width"),
    gettext_noop("height"),
    gettext_noop("thumbnail"),
    gettext_noop("Upload Audio"),
    gettext_noop("Upload Video"),
    gettext_noop("Add audio"),
    gettext_noop("Add video"),
    gettext_noop("Add audio or video"),
    gettext_noop("Choose audio"),
    gettext_noop("Choose video"),
    gettext_noop("Choose a media item"),
    gettext_noop("Choose another video"),
    gettext_noop("Edit this video"),
    gettext_noop("Media file '{0}' added."),
    gettext_noop("Media file '{0}' updated"),
    gettext_noop("Media file '{0}' deleted."),
    gettext_noop("The media file could not be saved due to errors."),
    gettext_noop("Search media files"),
    gettext_noop("Search media"),
    gettext_noop("Latest media"),
    gettext_noop("Delete media file"),
    gettext_noop("Are you sure you want to delete this media file?"),
    gettext_noop("No, don't delete"),
    gettext_noop("Filesize"),
    gettext_noop("Media permissions"),
    gettext_noop("Add a media permission"),
)
