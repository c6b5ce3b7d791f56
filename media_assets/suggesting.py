"""Have the segments of a take proposed in the background, for a person to look at."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from cms.office import notices
from cms.office.models import Notice, Role
from media_assets import ffmpeg, listening, lyrics, recordings, segmenting, timed_text, versions
from media_assets.models import Master
from media_assets.models.timelines import Stretch
from media_assets.segments import Kind, Segment


@transaction.atomic
def ask(master: Master, *, by: Any) -> None:
    versions.ask(by)
    transaction.on_commit(partial(async_task, "media_assets.tasks.propose_segments", master.pk), robust=True)


def make(master_pk: int) -> None:
    """Listen and keep what was heard; whoever waits is told when that fails. Safe to do twice."""
    master = Master.objects.select_related("recording").get(pk=master_pk)
    key, address = f"segments-{master.pk}", reverse("recordings:segments", args=[master.recording_id])
    try:
        with tempfile.TemporaryDirectory(dir=recordings.work_folder()) as folder:
            heard = listening.propose(recordings.on_this_disk(master, Path(folder)))
        segmenting.keep_suggestion(master, placed(heard, master.recording.words["parts"]))
    except (ffmpeg.Failed, FileNotFoundError, ValidationError):
        text = _("Syair dan musik rekaman “%(label)s” tidak dapat diusulkan. Tandai sendiri, atau coba lagi.")
        words = text % {"label": master.recording.label}
        notices.tell(Role.COMMUNICATIONS, words, key=key, url=address, level=Notice.Level.WARNING)
    else:
        notices.finish(key)


def placed(heard: list[Segment], parts: timed_text.Parts) -> list[Stretch]:
    """With the stanzas in their order, where as many are heard as are written; otherwise nobody can know."""
    stanzas = [(part, number) for part in lyrics.PARTS for number, _stanza in enumerate(parts.get(part, []), 1)]
    sung = sum(segment.kind == Kind.SYAIR for segment in heard)
    names = iter(stanzas if len(stanzas) == sung else [("", None)] * sung)
    stretches = []
    for segment in heard:
        part, stanza = next(names) if segment.kind == Kind.SYAIR else ("", None)
        stretches.append(Stretch(start=segment.start, end=segment.end, kind=segment.kind, part=part, stanza=stanza))
    return stretches
