"""Campaigns as visitors read them: what, when, where, which songs and which licences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.catalogue import needs
from campaigns.models import CampaignPage, LicencePage


@dataclass(frozen=True)
class Song:
    title: str
    url: str
    is_heard: bool


@dataclass(frozen=True)
class CampaignCard:
    """A campaign in a list; `state` is a word, `state_tag` its CSS class."""

    title: str
    url: str
    goal: str
    dates: str
    state: str
    state_tag: str


def announce(campaign: CampaignPage, day: date) -> dict[str, Any]:
    """All that the campaign's page says. Keys:

    `campaign` the page · `goal` · `dates` "1 sampai 30 November 2026" · `state` word and `state_tag` CSS class ·
    `songs` list of `Song` (only those that may be shown that day) · `needs` list of `LicenceNeeds` · `kecamatan` list
    of names, [] where the whole district is meant · `as_of_words` "Berlaku per Sabtu, 21 November 2026".
    """
    chosen = [choice.senjang for choice in campaign.chosen_senjang.select_related("senjang")]
    introduced = [licence.pk for licence in campaign.licences.all()]  # a draft keeps its own, not the table's
    state, tag = _state(campaign, day)
    return {
        "campaign": campaign,
        "goal": campaign.goal,
        "dates": span(campaign.starts, campaign.ends),
        "state": state,
        "state_tag": tag,
        "songs": _songs(chosen, day),
        "needs": needs(LicencePage.objects.public().filter(pk__in=introduced), day),
        "kecamatan": [place.name for place in campaign.kecamatan.all()],
        "as_of_words": _("Berlaku per %(day)s") % {"day": date_format(day, "l, j F Y")},
    }


def _songs(chosen: list[Any], day: date) -> list[Song]:
    """Those that a list may name on the day; which they are and which are heard, the songs' own QuerySet knows."""
    if not chosen:
        return []
    offered = type(chosen[0]).objects.filter(pk__in=[song.pk for song in chosen]).offered_on(day)
    heard = dict(offered.values_list("pk", "is_heard"))
    shown = [song for song in chosen if song.pk in heard and song.is_public]
    return [Song(song.title, song.get_url() or "", heard[song.pk]) for song in shown]


def cards(campaigns: Iterable[CampaignPage], day: date) -> list[CampaignCard]:
    """Campaigns in a list, in the order given."""
    return [
        CampaignCard(page.title, page.get_url() or "", page.goal, span(page.starts, page.ends), *_state(page, day))
        for page in campaigns
    ]


def span(first: date, last: date) -> str:
    """Two days as one reads them aloud: the month and year once where they are the same."""
    if first == last:
        return date_format(first, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        start = date_format(first, "j")
    else:
        start = date_format(first, "j F" if first.year == last.year else "j F Y")
    return _("%(start)s sampai %(end)s") % {"start": start, "end": date_format(last, "j F Y")}


def _state(campaign: CampaignPage, day: date) -> tuple[str, str]:
    if day < campaign.starts:
        return _("Akan datang"), "tag-wait"
    if day > campaign.ends:
        return _("Sudah selesai"), "tag-stop"
    return _("Sedang berjalan"), "tag-ok"
