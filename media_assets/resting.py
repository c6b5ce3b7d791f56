"""What rests on a consent: pages, recordings channel by channel, and leaflets that are out already."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Code
from media_assets import claims, fitness, protocol, rights
from media_assets.models import DiscEdition, Recording, RecordingCredit, SenjangCredit, SenjangPage
from performers.models import Consent
from performers.works import Taken, Thing


def taken_by(consent: Consent, day: date) -> Iterator[Taken]:
    """What may be used on that day and could not be without this consent."""
    roles = [role for role, capacity in claims.CAPACITIES.items() if capacity == consent.capacity]
    songs = _songs(consent, roles)
    standings = fitness.standings_of(song.pk for song in songs)
    pages = [song for song in songs if _falls(standings[song.pk], consent, "web", day)]
    yield Taken(_("Halaman senjang yang tertutup"), [Thing(song.title, song.get_url() or "") for song in pages])
    cases = fitness.cases(_recordings(consent, roles, songs), day)
    for channel, heading, note in (
        ("web", _("Rekaman yang turun dari halaman web"), ""),
        ("radio", _("Rekaman yang tidak boleh disiarkan lagi"), _("Kabari radio bila sudah mengunduhnya.")),
        ("cd", _("Rekaman yang tidak boleh masuk CD"), ""),
    ):
        yield Taken(heading, [_recording(case, note) for case in cases if _drops(case, consent, channel)])
    off = {case.recording.pk for case in cases if _drops(case, consent, "cd")}
    yield Taken(_("Edisi CD yang sudah dibuat"), [_edition(one) for one in _pressed(off)])
    printed = [song.pk for song in songs if _falls(standings[song.pk], consent, "print", day)]
    leaflets = Code.objects.active().filter(page__in=printed, medium=Code.Medium.LEAFLET).order_by("label")
    yield Taken(_("Leaflet yang sudah dibagikan; cetakan baru ditolak"), [_leaflet(code) for code in leaflets])


def _songs(consent: Consent, roles: list[str]) -> list[SenjangPage]:
    mine = SenjangCredit.objects.filter(person=consent.person_id, role__in=roles).values("senjang")
    live = SenjangPage.objects.live().filter(pk__in=mine).order_by("title")
    return [song for song in live if song.is_public]


def _recordings(consent: Consent, roles: list[str], songs: list[SenjangPage]) -> list[Recording]:
    sung = RecordingCredit.objects.filter(person=consent.person_id, role__in=roles).values("recording")
    found = Recording.objects.filter(Q(pk__in=sung) | Q(senjang__in=songs))
    return list(found.select_related("senjang").order_by("senjang__title", "label"))


def _falls(standing: protocol.Standing, consent: Consent, channel: str, day: date) -> bool:
    if not protocol.allows(standing, channel, day):
        return False
    return bool(rights.lacking(rights.without(standing.holders, consent.pk), channel, day))


def _drops(case: fitness.Case, consent: Consent, channel: str) -> bool:
    return not case.objections(channel) and bool(case.without(consent.pk).objections(channel))


def _recording(case: fitness.Case, note: str) -> Thing:
    recording = case.recording
    address = reverse("recordings:detail", args=[recording.pk])
    title, label = recording.senjang.title, recording.label
    return Thing(label if label.startswith(title) else f"{title}: {label}", address, note)


def _pressed(recordings: set[int]) -> list[DiscEdition]:
    """With one of these on it; editions are few, and what is on them is kept as it was."""
    editions = DiscEdition.objects.select_related("disc").order_by("disc__title", "number") if recordings else []
    return [one for one in editions if any(track["recording"] in recordings for track in one.tracks)]


def _edition(edition: DiscEdition) -> Thing:
    words = {"title": edition.disc.title, "number": edition.number}
    address = reverse("discs:detail", args=[edition.disc_id])
    return Thing(_("%(title)s, edisi %(number)d") % words, address, _("Jangan bagikan lagi; tarik yang masih ada."))


def _leaflet(code: Code) -> Thing:
    return Thing(code.label, reverse("codes:inspect", args=[code.pk]), _("Tarik yang masih ada di sana."))
