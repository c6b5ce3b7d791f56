"""Staff use a take although its check found a fault that radio and CD refuse, and say why."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.office import trail
from media_assets import checkup, lyrics
from media_assets.models import Master
from media_assets.permissions import can_change_recording


@transaction.atomic
def keep(master: Master, *, reason: str, by: Any) -> None:
    if not can_change_recording(by):
        raise PermissionDenied
    locked = Master.objects.select_for_update(of=("self",)).select_related("recording").get(pk=master.pk)
    if not (reason := lyrics.tidy(reason)[:300]):
        raise ValidationError(_("Tulis mengapa rekaman ini tetap dipakai."))
    if locked.kept_because or checkup.is_whole(locked.checkup):
        raise ValidationError(_("Rekaman ini sudah boleh dipakai. Tidak ada yang berubah."))
    locked.kept_because = reason
    locked.save(update_fields=["kept_because"])
    text = _("Rekaman “%(label)s” tetap dipakai walau cacat: %(reason)s")
    trail.record("recording.keep", locked.recording, text % {"label": locked.recording.label, "reason": reason}, by=by)
