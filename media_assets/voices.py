"""The elder's recorded voice on a label: checked, levelled, made one small MP3, kept privately."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from cms.office import measures, room
from media_assets import ffmpeg, loudness, probe, recipes, recordings, rendering
from media_assets.models import LabelSetting
from media_assets.models.labels import VOICES, voice_storage

LONGEST = 180.0  # seconds


@contextmanager
def kept(file: File | None) -> Iterator[str]:
    """The stored name while the block writes its row ("" without a file); if the block fails, nothing stays."""
    if file is None:
        yield ""
        return
    name = _take_in(file)
    with room.kept_by(LabelSetting.objects.filter(voice=name), voice_storage(), name):
        yield name


def _take_in(file: File) -> str:
    with recordings.on_disk(file) as (path, _sha256):
        try:
            _refuse_long(probe.look(path).claimed or 0)
            _source, length = probe.examine(path)
            _refuse_long(length)
            with tempfile.TemporaryDirectory(dir=recordings.work_folder()) as folder:
                made = rendering.render(path, loudness.measure(path), [recipes.VOICE], Path(folder))[0]
                return recordings.store(voice_storage(), f"{VOICES}/{secrets.token_hex(16)}.mp3", made.path)
        except ValidationError as refusal:
            _refuse(refusal.messages)
        except ffmpeg.Failed as failure:
            _refuse([str(failure)])
        except OSError as error:
            if not room.is_full(error):
                raise
            _refuse([room.none_left()])


def _refuse_long(seconds: float) -> None:
    if seconds > LONGEST:
        raise ValidationError(
            _("Rekaman suara ini %(length)s. Paling lama tiga menit: potong dulu, atau rekam lagi lebih singkat.")
            % {"length": measures.length(seconds)}
        )


def _refuse(sentences: list[str]) -> NoReturn:
    raise ValidationError({"voice": sentences})
