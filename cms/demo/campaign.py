"""The demo's campaign and its senjang, taken through the council by the same functions that the screens call."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.utils import timezone

from campaigns.models import CampaignIndexPage, CampaignPage, Kecamatan, LicenceFact, LicencePage
from cms.demo import sitting, songs, timing
from cms.demo.songs import Song
from media_assets import (
    ffmpeg,
    guides,
    lyrics,
    noting,
    office_check,
    proceedings,
    reading,
    recordings,
    review,
    submitting,
)
from media_assets.models import (
    CampaignSenjang,
    CouncilMember,
    LyricQuote,
    Recording,
    RecordingCredit,
    SenjangCredit,
    SenjangIndexPage,
    SenjangLicence,
    SenjangPage,
    Submission,
)
from performers.models import Person

GOAL = (
    "Warga di lima belas kecamatan mengenal layanan izin lewat senjang: pedagang mengurus NIB, apotek dan tenaga "
    "kesehatan memegang izin praktik, dan pembuat makanan rumahan memiliki SPP-IRT."
)
RUNS = timedelta(days=330)


def load(users: dict[str, Any]) -> CampaignPage:
    pages = [senjang(song, users) for song in songs.read_all()]
    published = [page for page in pages if page.live]
    return _campaign(published, by=users["komunikasi"])


def senjang(song: Song, users: dict[str, Any]) -> SenjangPage:
    staff = users["komunikasi"]
    page = _draft(song, by=staff)
    submission = submitting.submit(page, by=staff)
    reader = users["adat1" if song.stage == "published" else "adat2"]
    reading.note(submission, member=_seat(reader), by=reader)
    if song.stage == "published":
        if song.quotes:
            office_check.confirm(submission, by=users["komunikasi2"])
        review.agree(submission, member=_seat(users["adat1"]), by=users["adat1"])
        page.get_latest_revision().publish(user=staff)
        proceedings.settle(page, by=staff)
        page.refresh_from_db()
        if song.track:
            timing.load(_record(page, song, song.track, by=staff), song, by=staff)
    for note in song.notes:
        _note(submission, users[note["by"]], **note)
    if song.stage == "sent back":
        review.send_back(submission, member=_seat(users["adat2"]), part="isi", reason=song.reason, by=users["adat2"])
    elif song.stage == "on paper":
        sitting.load(submission, users)
    elif song.stage == "waiting":
        _guide(page, by=staff)
    return page


def _draft(song: Song, *, by: Any) -> SenjangPage:
    page = SenjangPage(
        title=song.title,
        slug=song.slug,
        language=song.language,
        irama=Kecamatan.objects.get(name=song.irama),
        live=False,
        owner=by,
        **{part: songs.as_stream(stanzas) for part, stanzas in song.parts.items()},
    )
    page.credits.add(SenjangCredit(person=Person.objects.get(name=song.author)))
    for role, codes in song.licences.items():
        for code in codes:
            page.licence_links.add(SenjangLicence(licence=LicencePage.objects.get(code=code), role=role))
    SenjangIndexPage.objects.get().add_child(instance=page)
    for quote in song.quotes:
        page.quotes.add(_quote(page, **quote))
    page.save_revision(user=by, log_action=True)
    return page


def _note(
    submission: Submission, user: Any, line: str, words: str, new_text: str = "", new_gloss: str = "", by: str = ""
) -> None:
    meant = lyrics.find_line(line, submission.text)
    wish = lyrics.Wording(new_text, new_gloss) if new_text else None
    uid = meant["uid"] if meant else ""
    noting.write(submission, member=_seat(user), uid=uid, words=words, suggestion=wish, by=user)


def _quote(page: SenjangPage, words: str, licence: str, key: str) -> LyricQuote:
    fact = LicenceFact.objects.in_force(timezone.localdate()).get(licence__code=licence, key=key)
    line = lyrics.find_line(words, page.parts)
    return LyricQuote(words=words, fact=fact, line_uid=line["uid"] if line else "")


def _record(page: SenjangPage, song: Song, track: Path, *, by: Any) -> Recording:
    singers = [(Person.objects.get(name=name), RecordingCredit.Role.SINGER) for name in song.singers]
    musician = (Person.objects.get(role=Person.Role.MUSICIAN), RecordingCredit.Role.MUSICIAN)
    with track.open("rb") as file:
        return recordings.add(
            page,
            File(file, name=track.name),
            by=by,
            label=f"{song.title} (suara contoh)",
            credits=[*singers, musician],
        )


def _guide(page: SenjangPage, *, by: Any) -> None:
    """The beginning of another track, for how the tune goes: this senjang has not been sung yet."""
    guides.mark(beginning("dagang", page, by=by, label="Contoh irama", seconds=40), by=by)


def beginning(track: str, page: SenjangPage, *, by: Any, seconds: int, **told: Any) -> Recording:
    """A recording made of the first seconds of a track that is there."""
    with TemporaryDirectory() as folder:
        cut = Path(folder) / f"{track}.opus"
        source = ffmpeg.source(songs.HERE / "audio" / f"{track}.opus")
        ffmpeg.run(["-loglevel", "error", *source, "-t", str(seconds), "-c", "copy", f"file:{cut}"])
        with cut.open("rb") as file:
            return recordings.add(page, File(file, name=cut.name), by=by, **told)


def _campaign(chosen: list[SenjangPage], *, by: Any) -> CampaignPage:
    starts = _first_of_last_month(timezone.localdate())
    page = CampaignPage(
        title=f"Kuyung Seko dan Kupek Ayu Bersenjang {starts.year}",
        slug="kuyung-seko-dan-kupek-ayu-bersenjang",
        goal=GOAL,
        starts=starts,
        ends=starts + RUNS,
        budget_code="2.18.02.2.01.0003 (contoh)",
        owner=by,
    )
    page.licences = LicencePage.objects.filter(senjang_links__senjang__in=chosen).distinct()
    page.kecamatan = Kecamatan.objects.all()
    for senjang in chosen:
        page.chosen_senjang.add(CampaignSenjang(senjang=senjang))
    CampaignIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return page


def _first_of_last_month(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _seat(user: Any) -> CouncilMember:
    return CouncilMember.objects.get(person__user=user)
