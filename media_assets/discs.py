"""Put a disc together: make it, change it, choose its songs, their order and the silence between them."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from campaigns.models import CampaignPage
from cms.office import trail
from media_assets import cue_sheet, lyrics
from media_assets.models import Disc, DiscTrack, Recording
from media_assets.models.discs import USUAL_GAP, WIDEST_GAP
from media_assets.permissions import can_change_disc

ASIDE = 1000  # where tracks wait while they change places: two may never stand on one


class Place(NamedTuple):
    """Where a track shall stand: before it comes `gap` CD frames of silence."""

    track: int
    gap: int
    isrc: str


def create(
    title: str, *, by: Any, performer: str = "", catalog: str = "", campaign: CampaignPage | None = None
) -> Disc:
    if not can_change_disc(by):
        raise PermissionDenied
    facts = _facts(title, performer, catalog)
    with transaction.atomic():
        disc = Disc.objects.create(**facts, campaign=campaign, created_by=by)
        trail.record("buat cakram", disc, _("Menyusun cakram “%s”.") % disc, by=by)
    return disc


def change(
    disc: Disc, title: str, *, by: Any, performer: str = "", catalog: str = "", campaign: CampaignPage | None = None
) -> Disc:
    """Editions that were pressed keep what they say."""
    if not can_change_disc(by):
        raise PermissionDenied
    wanted = _facts(title, performer, catalog) | {"campaign": campaign}
    with transaction.atomic():
        locked = _locked(disc)
        if any(getattr(locked, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(locked, name, value)
            locked.save()
            trail.record("ubah cakram", locked, _("Mengubah keterangan cakram “%s”.") % locked, by=by)
    return locked


@transaction.atomic
def add(disc: Disc, recording: Recording, *, by: Any) -> DiscTrack:
    """As the last song, after the usual pause."""
    if not can_change_disc(by):
        raise PermissionDenied
    disc = _locked(disc)
    if disc.tracks.filter(recording=recording).exists():
        raise ValidationError({"recording": _("Rekaman “%s” sudah ada di cakram ini.") % recording})
    last = disc.tracks.aggregate(last=Max("order"))["last"] or 0
    if last >= cue_sheet.MOST_TRACKS:
        raise ValidationError({"recording": _("Sebuah CD memuat paling banyak 99 lagu.")})
    track = DiscTrack.objects.create(disc=disc, recording=recording, order=last + 1, gap=USUAL_GAP)
    trail.record("isi cakram", disc, _("Menambah “%(song)s” ke cakram “%(disc)s”.") % _names(track, disc), by=by)
    return track


@transaction.atomic
def arrange(disc: Disc, places: Sequence[Place], *, by: Any) -> None:
    """The disc's songs from now on, in this order; what is not named comes off it."""
    if not can_change_disc(by):
        raise PermissionDenied
    disc = _locked(disc)
    tracks = {track.pk: track for track in disc.tracks.all()}
    named = [place.track for place in places]
    if len(set(named)) != len(named) or not set(named) <= tracks.keys():
        raise ValidationError(_("Isi cakram ini baru saja diubah orang lain. Muat ulang halamannya, lalu ulangi."))
    wanted = [place._replace(isrc=_isrc(place.isrc), gap=_gap(place.gap)) for place in places]
    codes = [place.isrc for place in wanted if place.isrc]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise ValidationError(_("ISRC %s dipakai dua kali. Setiap rekaman punya ISRC sendiri.") % ", ".join(twice))
    before = [(track.pk, track.gap, track.isrc) for track in tracks.values()]
    if before != [tuple(place) for place in wanted]:
        _put(disc, wanted)
        trail.record("atur cakram", disc, _("Mengatur lagu di cakram “%s”.") % disc, by=by)


def _put(disc: Disc, wanted: Sequence[Place]) -> None:
    disc.tracks.exclude(pk__in=[place.track for place in wanted]).delete()
    disc.tracks.update(order=F("order") + ASIDE, isrc="")
    for order, place in enumerate(wanted, 1):
        disc.tracks.filter(pk=place.track).update(order=order, gap=place.gap, isrc=place.isrc)


def _locked(disc: Disc) -> Disc:
    return Disc.objects.select_for_update().get(pk=disc.pk)


def _names(track: DiscTrack, disc: Disc) -> dict[str, Any]:
    return {"song": track.recording, "disc": disc}


def _facts(title: str, performer: str, catalog: str) -> dict[str, str]:
    facts = {"title": lyrics.tidy(title), "performer": lyrics.tidy(performer), "catalog": re.sub(r"[\s-]", "", catalog)}
    wrong = {}
    if not facts["title"]:
        wrong["title"] = _("Isi judul cakramnya.")
    for name in ("title", "performer"):
        if len(facts[name]) > cue_sheet.WIDEST:
            wrong[name] = _("Paling panjang 80 huruf, sebanyak yang muat di CD-TEXT.")
    if facts["catalog"] and not cue_sheet.CATALOG.fullmatch(facts["catalog"]):
        wrong["catalog"] = _("Nomor katalog terdiri dari 13 angka.")
    if wrong:
        raise ValidationError(wrong)
    return facts


def _isrc(typed: str) -> str:
    code = re.sub(r"[\s-]", "", typed).upper()
    if code and not cue_sheet.ISRC.fullmatch(code):
        text = _("ISRC “%s” tidak benar: dua huruf negara, tiga huruf atau angka, tujuh angka. Contoh: IDA012600001.")
        raise ValidationError(text % typed[:20])
    return code


def _gap(frames: int) -> int:
    if not 0 <= frames <= WIDEST_GAP:
        raise ValidationError(_("Jeda antara dua lagu 0 sampai 60 detik."))
    return frames
