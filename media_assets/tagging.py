"""Which tags a recording's files carry: from the words it sings, its people and the licences it makes known."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.office.models import OfficeSettings
from media_assets import fitness, following, lyrics
from media_assets.models import Master, Recording, SenjangCredit
from media_assets.tags import Tags


def of(recording: Recording, master: Master | None = None) -> Tags:
    """For the files of one take; its lines and parts against the clock where somebody has marked them."""
    followed = following.of(recording, master) if master else None
    senjang = recording.senjang
    licences = [link.licence for link in senjang.licence_links.select_related("licence")]
    authors = senjang.credits.filter(role=SenjangCredit.Role.AUTHOR).select_related("person")
    comment = _("Layanan: %(licences)s. %(office)s") if licences else "%(office)s"
    asked = "".join(f" {mark.name}." for mark in fitness.standing_of(senjang.pk).marks)
    return Tags(
        title=recording.words["title"],
        performers=[credit.person.name for credit in recording.credits.select_related("person")],
        authors=[credit.person.name for credit in authors],
        album="Bersenjang",
        lyric=plain_lyric(recording.words["parts"]),
        language=recording.words["language"],
        comment=comment
        % {
            "licences": ", ".join(licence.title for licence in licences),
            "office": OfficeSettings.load().short_name,
        }
        + asked,
        url=settings.PUBLIC_BASE_URL + ((licences[0] if len(licences) == 1 else senjang).url or "/"),
        lines=followed.cues if followed else (),
        chapters=followed.chapters if followed else (),
    )


def origin(master: Master) -> dict[str, Any]:
    """The same for `rendering.sign`; the moment is the upload's, so that the same take has the same address."""
    recording = master.recording
    singers = ", ".join(credit.person.name for credit in recording.credits.select_related("person"))
    return {
        "title": f"{recording.words['title']} - {singers}" if singers else recording.words["title"],
        "originator": OfficeSettings.load().short_name,
        "reference": f"BSJ-R{recording.pk}-{master.version}",
        "made_at": timezone.localtime(master.uploaded_at),
    }


def plain_lyric(parts: dict[str, list[lyrics.Stanza]]) -> str:
    """The lyric as lines, stanzas apart by a blank line."""
    stanzas = [stanza for part in lyrics.PARTS for stanza in parts.get(part, [])]
    return "\n\n".join("\n".join(line["text"] for line in stanza) for stanza in stanzas)
