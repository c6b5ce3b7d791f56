"""Dates and times in the words of the office."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def long_moment(moment: datetime) -> str:
    """ "Sabtu, 21 November 2026, 07.00 WIB" """
    local = timezone.localtime(moment)
    return _("%(day)s, %(time)s WIB") % {"day": date_format(local, "l, j F Y"), "time": local.strftime("%H.%M")}
