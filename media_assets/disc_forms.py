"""Forms for discs: input in, use case called, its refusals shown at their field."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignPage
from cms.office.numbers import RowField
from media_assets import cue_sheet, discs
from media_assets.discs import Place
from media_assets.models import Disc, DiscTrack, Recording
from media_assets.models.discs import WIDEST_GAP

FACTS = ("title", "performer", "catalog", "campaign")


class DiscForm(forms.Form):
    title = forms.CharField(
        label=_("Judul cakram"), max_length=cue_sheet.WIDEST, error_messages={"required": _("Isi judul cakramnya.")}
    )
    performer = forms.CharField(
        label=_("Atas nama"),
        max_length=cue_sheet.WIDEST,
        required=False,
        help_text=_("Nama yang tampil di pemutar untuk seluruh cakram, misalnya nama kantor."),
    )
    catalog = forms.CharField(
        label=_("Nomor katalog"),
        max_length=20,
        required=False,
        help_text=_("Tiga belas angka di bawah kode batang. Cendera mata biasanya tidak punya; biarkan kosong."),
    )
    campaign = RowField(
        CampaignPage.objects.all(), label=_("Kampanye"), required=False, empty_label=_("Tanpa kampanye")
    )

    def save(self, disc: Disc | None, *, by: Any) -> Disc | None:
        data = self.cleaned_data
        try:
            return discs.change(disc, **data, by=by) if disc else discs.create(**data, by=by)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None


class AddForm(forms.Form):
    recording = RowField(Recording.objects.none(), label=_("Rekaman"), empty_label=_("Pilih rekaman …"))

    def __init__(self, disc: Disc, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recording"]
        field.queryset = _free(disc)
        field.label_from_instance = lambda recording: f"{recording.senjang.title}: {recording.label}"
        field.error_messages["required"] = _("Pilih dulu rekamannya.")


def _free(disc: Disc) -> QuerySet[Recording]:
    """Recordings with a file that are not on the disc yet."""
    mastered = Recording.objects.filter(masters__isnull=False).distinct().select_related("senjang")
    return mastered.exclude(disc_tracks__disc=disc).order_by("senjang__title", "label")


class TrackForm(forms.Form):
    order = forms.IntegerField(label=_("Urutan"), min_value=1, max_value=cue_sheet.MOST_TRACKS)
    gap = forms.DecimalField(
        label=_("Jeda (detik)"),
        min_value=0,
        max_value=WIDEST_GAP // cue_sheet.RATE,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 5}),
    )
    isrc = forms.CharField(
        label="ISRC", max_length=20, required=False, widget=forms.TextInput(attrs={"size": 14, "autocomplete": "off"})
    )
    off = forms.BooleanField(label=_("Keluarkan"), required=False)

    def __init__(self, track: DiscTrack, data: Any = None) -> None:
        gap = Decimal(track.gap) / cue_sheet.RATE
        seconds = round(gap, 2).normalize() if gap % 1 else Decimal(int(gap))
        initial = {"order": track.order, "gap": seconds, "isrc": track.isrc}
        super().__init__(data, prefix=f"t{track.pk}", initial=initial)
        self.track = track

    @property
    def place(self) -> Place:
        return Place(self.track.pk, round(self.cleaned_data["gap"] * cue_sheet.RATE), self.cleaned_data["isrc"])

    @property
    def rank(self) -> tuple[int, int]:
        """Where it goes: a song moved up stands before the one whose number it takes, one moved down after it."""
        moved = self.cleaned_data["order"] - self.track.order
        return self.cleaned_data["order"], (moved > 0) - (moved < 0)


def places(rows: list[TrackForm], *, up: str = "", down: str = "") -> list[Place]:
    """The order that valid rows ask for, then one step for the song whose button was pressed."""
    kept = [row.place for row in sorted(rows, key=lambda row: row.rank) if not row.cleaned_data["off"]]
    for number, place in enumerate(kept):
        to = number + (str(place.track) == down) - (str(place.track) == up)
        if to != number and 0 <= to < len(kept):
            kept[number], kept[to] = kept[to], kept[number]
            break
    return kept
