"""The visitor page of a senjang: the newest recording that may be heard, and the words it sings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns import visit_pages
from campaigns.models import CampaignPage, LicencePage
from cms.office import generation, measures
from media_assets import (
    claims,
    fitness,
    following,
    glossary,
    lyrics,
    protocol,
    recipes,
    rights,
    timed_text,
    waveform,
)
from media_assets.models import Decision, Recording, RecordingCredit, Rendition, Ruling, SenjangCredit, SenjangPage

TEMPLATE = "media_assets/visitor_page.html"
SHUT = "media_assets/visitor_shut.html"
NEXT_SONGS = 3


@dataclass(frozen=True)
class File:
    url: str
    size: str


@dataclass(frozen=True)
class Song:
    """What the player needs, in words ready to show; `seconds` is the length of the normal file."""

    normal: File
    low: File | None
    seconds: float
    length: str
    wave: str
    captions: str  # address of the lyric against the clock, where there is one


def visit_context(senjang: SenjangPage, day: date, *, draft: bool = False) -> dict[str, Any]:
    """The template's words: the recording's where one may be heard, the page's own where none may, and in a draft.

    What the council keeps from the public shows why instead, but a preview shows staff their draft.
    """
    others = companions(senjang)
    standings = fitness.standings_of(page.pk for page in (senjang, *others) if page.pk)
    standing = standings[senjang.pk] if senjang.pk else protocol.Standing()
    answer = protocol.allows(standing, "web", day)
    if not answer and not draft:
        return {"template": SHUT, "page": senjang, "heading": _("Senjang ini sedang tidak ditampilkan"), "why": answer}
    case = choose(senjang, day, standing)
    if draft and case and case.recording.digest != senjang.digest:
        case = None
    recording = case.recording if case else None
    people = credits(_drafted(senjang) if draft else _named(senjang, standing), case.performers if case else ())
    followed = following.of(recording, case.files[recipes.WEB].master) if case and recording else None
    return _lyric(senjang, recording, followed) | {
        "template": TEMPLATE,
        "page": senjang,
        "song": song(case, followed) if case else None,
        "is_timed": followed is not None,
        "has_moved_on": recording is not None and recording.digest != senjang.digest,
        "singers": people.get(str(RecordingCredit.Role.SINGER.label), []),
        "people": [(role, ", ".join(names)) for role, names in people.items()],
        "approved_on": approved_on(senjang),
        "next_songs": next_songs(others, day, standings),
        "standing": standing,
        "takedown_url": reverse("ask_takedown", args=[senjang.pk]) if senjang.is_public else "",
    }


def _lyric(senjang: SenjangPage, recording: Recording | None, followed: following.Following | None) -> dict[str, Any]:
    """The words that are sung, else the page's own, with the explained ones among them."""
    sung = recording.words if recording else {}
    parts, language = sung.get("parts") or senjang.parts, sung.get("language") or senjang.language
    told = glossary.of([(key, parts.get(key, [])) for key in lyrics.PARTS], language)
    return {
        "heading": sung.get("title") or senjang.title,
        "parts": _timed(told.parts, followed),
        "glossary": told.entries,
        "lyric_language": lyrics.language_tag(language),
    }


def _timed(parts: list[tuple[str, list[list[dict[str, Any]]]]], followed: following.Following | None) -> Any:
    """As the template shows them: each part with its name, each line with when it begins, and when it stops early."""
    times: dict[str, dict[str, str]] = {}
    cues = followed.cues if followed else []
    for cue, after in zip(cues, [*cues[1:], None], strict=True) if cues else ():
        stops = "" if after and after.start - cue.end < timed_text.CLOSEST else f"{cue.end:g}"
        times[cue.uid] = {"begins": f"{cue.start:g}", "stops": stops}
    return [
        {
            "key": key,
            "label": Decision.Part(key).label,
            "stanzas": [[line | times.get(line["uid"], {}) for line in stanza] for stanza in stanzas],
        }
        for key, stanzas in parts
    ]


def approved_on(senjang: SenjangPage) -> datetime | None:
    if not senjang.approval_id:
        return None
    return Ruling.objects.filter(approval=senjang.approval_id).values_list("at", flat=True).first()


def choose(senjang: SenjangPage, day: date, standing: protocol.Standing | None = None) -> fitness.Case | None:
    """Of those that may be heard, one that sings the page's words before one that sings older ones; newest first."""
    if senjang.pk is None:
        return None
    recordings = sorted(Recording.objects.audible_for(senjang), key=lambda one: one.digest != senjang.digest)
    performers = claims.of_recordings(recordings)
    cases = [fitness.Case(one, day, standing, performers[one.pk]) for one in recordings]
    for case in cases:
        case.words_stand = case.is_for_all = True  # else it would not be among the audible
    return next((case for case in cases if not (case.unconsented("web") or case.objections("web"))), None)


def song(case: fitness.Case, followed: following.Following | None = None) -> Song:
    normal = case.files[recipes.WEB]
    low = None if case.objections("low") else case.files[recipes.LOW]
    return Song(
        normal=_file(normal),
        low=_file(low) if low else None,
        seconds=round(normal.duration, 2) or 1,
        length=measures.length(round(normal.duration)),
        wave=waveform.path(normal.master.peaks),
        captions=reverse("sung_file", args=[case.recording.pk, "lirik.vtt"]) if followed else "",
    )


def _file(rendition: Rendition) -> File:
    return File(rendition.address, measures.size(rendition.size))


def credits(song: Iterable[rights.Holder], recording: Iterable[rights.Holder]) -> dict[str, list[str]]:
    """Names by role, writers first."""
    people: dict[str, list[str]] = {str(role.label): [] for role in (*SenjangCredit.Role, *RecordingCredit.Role)}
    for holder in (*song, *recording):
        people[str(holder.role)].append(holder.name)
    return {role: names for role, names in people.items() if names}


def _named(senjang: SenjangPage, standing: protocol.Standing) -> list[rights.Holder]:
    """By the page itself, not by another with the same words."""
    return [holder for holder in standing.holders if holder.work == senjang.pk]


def _drafted(senjang: SenjangPage) -> list[rights.Holder]:
    """As chosen in a draft, which the tables may not know yet."""
    credits = senjang.credits.select_related("person")
    return [rights.Holder(0, one.get_role_display(), one.person_id, one.person.name) for one in credits]


def companions(senjang: SenjangPage) -> list[SenjangPage]:
    """Others of the same campaigns, all public, and the campaigns too."""
    if senjang.pk is None:
        return []
    campaigns = CampaignPage.objects.live().filter(chosen_senjang__senjang=senjang.pk)
    others = SenjangPage.objects.public().filter(choices__campaign__in=campaigns.values("pk"))
    return list(others.exclude(pk=senjang.pk).distinct().order_by("title"))


def next_songs(others: list[SenjangPage], day: date, standings: dict[int, protocol.Standing]) -> list[SenjangPage]:
    """The first few of them that may be named today."""
    named = fitness.shown_on(day, standings)
    return list(islice((song for song in others if song.pk in named and song.is_public), NEXT_SONGS))


def serve(senjang: SenjangPage, request: HttpRequest) -> HttpResponse:
    """The same page at its own address: nobody is counted; a preview is drawn anew and kept nowhere."""
    day, language = timezone.localdate(), get_language() or ""
    if getattr(request, "is_preview", False):
        return visit_pages.respond(request, _draw(senjang, day, generation.current(), draft=True))
    return visit_pages.respond(request, _kept(senjang.pk, day, generation.current(), language))


@lru_cache(maxsize=256)
def _kept(pk: int, day: date, number: int, language: str) -> visit_pages.Body:
    return _draw(SenjangPage.objects.get(pk=pk), day, number)


def _draw(senjang: SenjangPage, day: date, number: int, *, draft: bool = False) -> visit_pages.Body:
    if not draft and not senjang.is_public:  # withdrawn since the address was looked up
        raise Http404
    wanted = [link.licence_id for link in senjang.licence_links.all()]
    licences = LicencePage.objects.public().filter(pk__in=wanted).led_by(senjang.main_licences)
    url = f"/senjang/{senjang.slug}/"
    words = visit_pages.frame(day, number, licences=licences, url=url) | visit_context(senjang, day, draft=draft)
    return visit_pages.pack(render_to_string(words["template"], words | visit_pages.share(words["heading"], url)))
