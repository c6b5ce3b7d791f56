"""Files already made are made anew when their recipe changes, and tagged anew when what they tell has changed.

The old file is used until the new one takes its place, and swept away later.
"""

import shutil
import tempfile
from pathlib import Path

from django.db import transaction

from media_assets import broadcast_wave, recordings, renditions, tagging, tags
from media_assets.models import Recording, Rendition
from media_assets.models.recordings import public_storage
from media_assets.recipes import BY_NAME

AT_ONCE = 2  # takes queued together, so that a new upload never waits long


def renew_outdated() -> int:
    """Queue the oldest takes whose files an older recipe made, while nothing else is in work; returns how many."""
    if Rendition.objects.unfinished().exists():
        return 0
    oldest = Rendition.objects.outdated().order_by("master__uploaded_at", "master").values_list("master", flat=True)
    queued = 0
    for pk in list(dict.fromkeys(oldest[: AT_ONCE * len(BY_NAME)]))[:AT_ONCE]:
        with transaction.atomic():
            if Rendition.objects.filter(pk__in=_outdated_of(pk)).update(**renditions.queued(), attempts=0):
                recordings.enqueue(pk)
                queued += 1
    return queued


def _outdated_of(master: int) -> list[int]:
    return list(Rendition.objects.outdated().filter(master=master).values_list("pk", flat=True))


def tag(recording_pk: int) -> None:
    """Tag the finished files anew, each under the address of its new content; the same tags change nothing."""
    recording = Recording.objects.select_related("senjang").get(pk=recording_pk)
    files = recording.files()
    words = tagging.of(recording, next((file.master for file in files.values()), None))
    for rendition in files.values():
        if rendition.recipe in BY_NAME:
            with tempfile.TemporaryDirectory(dir=recordings.work_folder()) as folder:
                _tag(rendition, words, Path(folder))


def _tag(rendition: Rendition, words: tags.Tags, folder: Path) -> None:
    recipe, old = BY_NAME[rendition.recipe], str(rendition.file)
    copy = folder / f"{recipe.name}.{recipe.suffix}"
    with public_storage().open(old) as stream, copy.open("wb") as target:
        shutil.copyfileobj(stream, target)
    tags.write(copy, words)
    if recipe.broadcast:
        broadcast_wave.describe(copy, tagging.origin(rendition.master)["title"])
    name, size = renditions.store(copy, recipe, rendition.master), copy.stat().st_size
    Rendition.objects.filter(pk=rendition.pk, file=old).exclude(file=name).update(file=name, size=size)
