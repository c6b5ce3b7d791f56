"""Every reason why a recording may not be used, on a channel, on a day. Each outlet asks here and nowhere else."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import LicencePage
from media_assets import checkup, claims, protocol, recipes, rights
from media_assets.models import (
    Approval,
    Guide,
    LabelSetting,
    Master,
    Recording,
    Rendition,
    SenjangCredit,
    SenjangLicence,
    SenjangPage,
    SensitiveCover,
    Submission,
    TakedownRequest,
)
from media_assets.models.recordings import files_of

FILE_OF = {"web": recipes.WEB, "low": recipes.LOW, "radio": "radio-wav", "cd": "cd-wav"}
CHANNELS = (*FILE_OF, "print")
NAMES = {"web": _("Halaman"), "low": _("Hemat kuota"), "radio": _("Radio"), "cd": _("CD"), "print": _("Cetakan")}
AIRED_OR_PRINTED = ("radio", "cd", "print")


class Case:
    """One recording on one day; what is looked up for one channel serves the others."""

    def __init__(
        self,
        recording: Recording,
        day: date,
        standing: protocol.Standing | None = None,
        performers: tuple[rights.Holder, ...] | None = None,
    ) -> None:
        self.recording, self.day = recording, day
        if standing is not None:
            self.standing = standing
        if performers is not None:
            self.performers = performers

    @cached_property
    def standing(self) -> protocol.Standing:
        return standing_of(self.recording.senjang_id)

    @cached_property
    def performers(self) -> tuple[rights.Holder, ...]:
        return claims.of_recordings([self.recording])[self.recording.pk]

    @cached_property
    def files(self) -> dict[str, Rendition]:
        return self.recording.files()

    @cached_property
    def has_master(self) -> bool:
        return bool(self.files) or self.recording.masters.exists()

    @cached_property
    def _asked(self) -> tuple[bool, bool]:
        """Whether its words stand approved, and whether it is a guide for the council only; one query for both."""
        guide = Guide.objects.filter(recording=self.recording, council_only=True)
        stand = Approval.objects.filter(pk=self.recording.digest).annotate(shut=Exists(guide))
        shut = stand.values_list("shut", flat=True).first()
        return shut is not None, bool(shut)

    @cached_property
    def words_stand(self) -> bool:
        return self._asked[0]

    @cached_property
    def is_for_all(self) -> bool:
        """Asked of approved words; others go nowhere anyway."""
        return not self._asked[1]

    @cached_property
    def main_licence_stands(self) -> bool:
        """False only where every licence the senjang mainly promotes has been revoked; a replaced one leads on."""
        main = SenjangLicence.objects.filter(senjang=self.recording.senjang_id, role=SenjangLicence.Role.MAIN)
        return not main.exists() or main.exclude(licence__status=LicencePage.Status.REVOKED).exists()

    @cached_property
    def sound_is_whole(self) -> bool:
        """Of the take whose files are used; staff may have said why a flawed one is used all the same."""
        master = next((file.master for file in self.files.values()), None)
        return master is None or bool(master.kept_because) or checkup.is_whole(master.checkup)

    def objections(self, channel: str) -> list[str]:
        """What the council asks of the song first, then who does not allow it and what the recording lacks."""
        return [*self.asked(channel), *self.lacking(channel)]

    def asked(self, channel: str) -> list[str]:
        return list(protocol.allows(self.standing, channel, self.day).asked)

    def lacking(self, channel: str) -> list[str]:
        rules = [str(rule.words) for rule in RULES if channel in rule.channels and not rule.holds(self, channel)]
        return [*rights.lacking(self.standing.holders, channel, self.day), *rules, *self.unconsented(channel)]

    def unconsented(self, channel: str) -> tuple[str, ...]:
        """Which performers do not allow it; on paper nobody performs."""
        return rights.lacking(self.performers, channel, self.day) if channel in FILE_OF else ()

    def is_allowed(self, channel: str, day: date) -> bool:
        """By council, authors and performers alone, on any day."""
        if rights.lacking(self.performers, channel, day):
            return False
        return bool(protocol.allows(self.standing, channel, day))

    def without(self, consent: int) -> "Case":
        """The same if this consent were withdrawn, with all that was looked up."""
        other = copy(self)
        other.standing = replace(self.standing, holders=rights.without(self.standing.holders, consent))
        other.performers = rights.without(self.performers, consent)
        return other


@dataclass(frozen=True)
class Rule:
    name: str
    holds: Callable[[Case, str], bool]
    words: Promise
    channels: tuple[str, ...] = CHANNELS


RULES = [
    Rule(
        "words approved",
        lambda case, channel: case.words_stand,
        _("Kata-kata yang dinyanyikan tidak disetujui Lembaga Adat, atau persetujuannya sudah dicabut."),
    ),
    Rule(
        "not the council's guide",
        lambda case, channel: case.is_for_all,
        _("Rekaman ini panduan untuk Lembaga Adat saja."),
        tuple(FILE_OF),
    ),
    Rule(
        "master present", lambda case, channel: case.has_master, _("Berkas rekamannya belum diunggah."), tuple(FILE_OF)
    ),
    Rule(
        "file ready",
        lambda case, channel: FILE_OF[channel] in case.files,
        _("Berkas untuk saluran ini belum siap. Tunggu sampai selesai dibuat, atau buat ulang."),
        tuple(FILE_OF),
    ),
    Rule(
        "sound is whole",
        lambda case, channel: case.sound_is_whole,
        _("Suara rekamannya cacat. Lihat pemeriksaannya, lalu ganti berkasnya atau tulis mengapa tetap dipakai."),
        ("radio", "cd"),
    ),
    Rule(
        "licence in force",
        lambda case, channel: case.main_licence_stands,
        _("Layanan utama yang dikenalkan senjang ini sudah dicabut."),
        AIRED_OR_PRINTED,
    ),
]


def objections(recording: Recording, channel: str, day: date) -> list[str]:
    """All reasons together, as sentences; [] means it may be used."""
    return Case(recording, day).objections(channel)


def cases(recordings: Iterable[Recording], day: date) -> list[Case]:
    """One for each, looked up together: as many queries for a hundred as for one."""
    recordings = list(recordings)
    standings = standings_of(recording.senjang_id for recording in recordings)
    performers = claims.of_recordings(recordings)
    asked = [Case(one, day, standings[one.senjang_id], performers[one.pk]) for one in recordings]
    files = files_of(case.recording for case in asked)
    pks, digests = list(files), {case.recording.digest for case in asked}
    mastered = set(Master.objects.filter(recording__in=pks).values_list("recording", flat=True))
    approved = set(Approval.objects.filter(pk__in=digests).values_list("pk", flat=True))
    guides = set(Recording.objects.filter(pk__in=pks, guide__council_only=True).values_list("pk", flat=True))
    main = SenjangLicence.objects.filter(
        senjang__in={case.recording.senjang_id for case in asked}, role=SenjangLicence.Role.MAIN
    )
    states: dict[int, set[str]] = {}
    for senjang, status in main.values_list("senjang", "licence__status"):
        states.setdefault(senjang, set()).add(status)
    for case in asked:
        case.files = files[case.recording.pk]
        case.has_master = case.recording.pk in mastered
        case.is_for_all = case.recording.pk not in guides
        case.words_stand = case.recording.digest in approved
        case.main_licence_stands = states.get(case.recording.senjang_id) != {LicencePage.Status.REVOKED}
    return asked


def allows(senjang: SenjangPage, channel: str, day: date, *, altered: bool = False) -> protocol.Answer:
    """May this song be used so, as far as council and authors go; for what has no recording."""
    return protocol.allows(standing_of(senjang.pk), channel, day, altered=altered)


def shown_on(day: date, standings: dict[int, protocol.Standing]) -> set[int]:
    """Keys of the songs whose page shows them on a day; a list names no other, not even by its title."""
    return {pk for pk, standing in standings.items() if protocol.allows(standing, "web", day)}


def heard_on(day: date, standings: dict[int, protocol.Standing]) -> set[int]:
    """Keys of the songs of which some recording may be heard on a day; two queries for a hundred as for one."""
    takes = list(Recording.objects.filter(senjang__in=standings).audible())
    found, files = set(), files_of(takes)
    for take in takes:
        case = Case(take, day, standings[take.senjang_id])
        case.files, case.has_master = files[take.pk], True
        case.words_stand = case.is_for_all = True  # else it would not be among the audible
        if not case.objections("web"):
            found.add(take.senjang_id)
    return found


def standing_of(senjang: int | None) -> protocol.Standing:
    return standings_of([senjang])[senjang] if senjang else protocol.Standing()


def standings_of(senjang: Iterable[int]) -> dict[int, protocol.Standing]:
    """By primary key; four queries for a hundred as for one, and one where a song has copies, for which what is said of
    it holds too.

    A QuerySet of keys is not asked first: it becomes part of the first query.
    """
    pages = _pages(senjang if isinstance(senjang, QuerySet) else set(senjang))
    twins = _same_words({pk: approval for pk, (_held, _cover, approval) in pages.items()})
    pks = set().union(*twins.values())
    if copies := pks - set(pages):
        pages |= _pages(copies)
    named = SenjangCredit.objects.filter(senjang=OuterRef("senjang"), role=SenjangCredit.Role.AUTHOR)
    settings = LabelSetting.objects.in_force().filter(senjang__in=pks).annotate(names_author=Exists(named))
    rows = list(settings.order_by("at", "pk"))
    credits = claims.of_songs(pks)
    return {
        pk: protocol.Standing(
            tuple(row.mark for row in rows if row.senjang_id in same),
            all(row.names_author for row in rows if row.senjang_id in same),
            any(pages[one][0] for one in same),
            pages[pk][1] or next((pages[one][1] for one in sorted(same) if pages[one][1]), ""),
            tuple(credit.holder(same) for credit in credits if credit.work in same),
        )
        for pk, same in twins.items()
    }


def _pages(senjang: Iterable[int]) -> dict[int, tuple[bool, str, str | None]]:
    """Whether a request holds it, the note before it, the digest that its page shows; by primary key."""
    covers = SensitiveCover.objects.filter(senjang=OuterRef("pk")).order_by("-pk").values("note")[:1]
    held = Exists(TakedownRequest.objects.holding().filter(senjang=OuterRef("pk")))
    rows = SenjangPage.objects.filter(pk__in=senjang).values_list("pk", held, Subquery(covers), "approval")
    return {pk: (is_held, cover or "", approval) for pk, is_held, cover, approval in rows}


def _same_words(approved: dict[int, str | None]) -> dict[int, set[int]]:
    """Each with every senjang for which the same words were handed in: a copy of a shut song is as shut as the song."""
    pages: dict[str, set[int]] = {digest: set() for digest in approved.values() if digest}
    handed_in = Submission.objects.filter(digest__in=pages, page__isnull=False).order_by()
    for digest, page in handed_in.values_list("digest", "page").distinct():
        pages[digest].add(page)
    return {pk: {pk} | pages.get(digest or "", set()) for pk, digest in approved.items()}
