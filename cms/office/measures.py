"""How long and how large, in words that every screen shares."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def length(seconds: float) -> str:
    """ "2 menit 41 detik"; tenths only below a minute and where they are not nought."""
    tenths = round(seconds, 1)
    if tenths < 60:
        whole = tenths == int(tenths)
        return _("%(seconds)s detik") % {"seconds": number_format(tenths, 0 if whole else 1)}
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        if not rest:
            return _("%(minutes)d menit") % {"minutes": minutes}
        return _("%(minutes)d menit %(seconds)d detik") % {"minutes": minutes, "seconds": rest}
    return _("%(hours)d jam %(minutes)d menit") % {"hours": minutes // 60, "minutes": minutes % 60}


def size(count: int) -> str:
    """ "420 KB", "1,9 MB", "28 MB". Decimal units, as phone plans count; a tenth only where it tells something."""
    kilobytes = max(1, round(count / 1000))
    if kilobytes < 1000:
        return _("%(size)s KB") % {"size": kilobytes}
    megabytes = count / 1_000_000
    if round(megabytes) < 1000:
        return _("%(size)s MB") % {"size": _short(megabytes)}
    return _("%(size)s GB") % {"size": _short(megabytes / 1000)}


def _short(number: float) -> str:
    tenths = round(number, 1)  # number_format cuts, it does not round
    return number_format(tenths, 1) if tenths < 10 else number_format(round(number))
