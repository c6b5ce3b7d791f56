"""The demo's word list: words of its own lyrics, one with its sound, one that a member has just proposed."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File

from cms.demo import songs
from media_assets import ffmpeg, word_list
from media_assets.models import CouncilMember, Submission, Word

MEANINGS = {
    "basenjang": "bersenjang, bersyair sambil bernyanyi",
    "beghas": "beras",
    "budak": "anak",
    "gelam": "pohon kayu putih yang tumbuh di rawa",
    "ketek": "perahu motor kecil",
    "mawe": "membawa",
    "mudik": "pergi ke arah hulu",
    "peghahu": "perahu",
    "pegi": "pergi",
    "sekaghang": "sekarang",
    "tetue": "tetua, orang yang dituakan",
    "ulu": "hulu",
}
SUNG = ("pegi", "Pegi ke ulu naik peghahu", "dagang", "9.0", "2.7")  # word, line, track, start and length in seconds
PROPOSED, WAITS = ("ngupi", "minum kopi"), "mubil-trayek-ade-kartunye"  # a word of its isi


def load(users: dict[str, Any]) -> None:
    staff = users["komunikasi"]
    for term, meaning in MEANINGS.items():
        word_list.save(Word(term=term, meaning=meaning, state=Word.State.PUBLISHED), by=staff)
    _add_sound(by=staff)
    elder = users["adat2"]
    member = CouncilMember.objects.get(person__user=elder)
    term, meaning = PROPOSED
    submission = Submission.objects.waiting().get(page__slug=WAITS)
    word_list.propose(submission, member=member, part="isi", term=term, meaning=meaning, by=elder)


def _add_sound(*, by: Any) -> None:
    term, line, track, start, length = SUNG
    word = Word.objects.get(key=term)
    word.example = line
    with TemporaryDirectory() as folder:
        sung = Path(folder) / "kata.wav"
        source = ffmpeg.source(songs.HERE / "audio" / f"{track}.opus")
        ffmpeg.run(["-loglevel", "error", *source, "-ss", start, "-t", length, f"file:{sung}"])
        with sung.open("rb") as file:
            word_list.save(word, by=by, sound=File(file, name=sung.name))
