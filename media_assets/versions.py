"""Save the next version of what somebody edits, and tell whoever was slower; nothing is written over."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cms.office import names
from media_assets import permissions
from media_assets.models import LyricTiming, Master, Timeline

One = TypeVar("One", Timeline, LyricTiming)
PROGRAM = "Bersenjang"


def ask(by: Any) -> None:
    if not permissions.can_change_recording(by):
        raise PermissionDenied


def lock(master: Master) -> Master:
    """Two at once come one after the other."""
    return Master.objects.select_for_update(of=("self",)).select_related("recording").get(pk=master.pk)


def add(kind: type[One], master: Master, *, based_on: int, by: Any, **content: Any) -> tuple[One, bool]:
    """The next version on top of `based_on` (0: on nothing), of a locked master; False: it is there already.

    The same content once more is what is there: a second tap, or sent again on a bad line.
    """
    newest = kind.objects.newest_of(master)
    if newest and _same(newest, content):
        return newest, False
    if (newest.version if newest else 0) != based_on:
        raise ValidationError(_stale(newest), code="stale")
    who = names.of_account(by)[:160] or PROGRAM
    return kind.objects.create(master=master, version=based_on + 1, by_name=who, **content), True


def _same(row: Timeline | LyricTiming, content: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in content.items())


def _stale(newest: Timeline | LyricTiming | None) -> str:
    if newest is None:
        return _("Versi yang Anda ubah tidak ada. Muat ulang halaman ini, lalu ulangi perubahannya.")
    text = _(
        "%(who)s sudah menyimpan versi %(version)d sejak Anda membuka halaman ini. Isian Anda masih ada di bawah: "
        "bandingkan dengan versi itu, lalu simpan lagi bila yang berlaku isian Anda."
    )
    return text % {"who": newest.by_name, "version": newest.version}
