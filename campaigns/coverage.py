"""Which licence is promoted where: licence × channel, from one QuerySet that screen, files and tests share."""

from functools import reduce
from operator import add

from django.db.models import F

from campaigns.models import LicencePage
from campaigns.models.licences import LicenceQuerySet
from campaigns.promotion import CHANNELS


def column(key: str) -> str:
    """The annotation that counts a channel."""
    return f"in_{key}"


def matrix() -> LicenceQuerySet:
    """Every public licence with a count a channel (`in_kampanye`, …) and their sum as `promoted`."""
    counts = {column(channel.key): channel.count() for channel in CHANNELS}
    counted = LicencePage.objects.public().annotate(**counts)
    return counted.annotate(promoted=reduce(add, [F(name) for name in counts]))


def unpromoted() -> LicenceQuerySet:
    """Licences in force that nothing promotes."""
    return matrix().filter(promoted=0, status=LicencePage.Status.IN_FORCE)
