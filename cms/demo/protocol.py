"""The demo's songs that ask for care: one with labels, one behind a cover, one that somebody wants taken down."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.demo import campaign, songs
from media_assets import covering, labelling, protocol, takedowns
from media_assets.models import TakedownRequest

BEFORE, AFTER = timedelta(days=30), timedelta(days=60)


def load(users: dict[str, Any]) -> None:
    labelled, covered, asked_about = (campaign.senjang(songs.read(name), users) for name in songs.WITH_CARE)
    today = timezone.localdate()
    season = protocol.Season(f"{today - BEFORE:%m-%d}", f"{today + AFTER:%m-%d}")
    labelling.put_on(
        labelled,
        protocol.SEASONAL,
        season=season,
        words="Senjang ini dibawakan waktu orang turun ke umo, tidak pada musim lain.",
        reason="Menurut adat, senjang beumo hanya dibawakan pada musim tanam.",
        by=users["adat1"],
    )
    for key, reason in (
        (protocol.NOT_SOLD, "Senjang beumo milik bersama, bukan barang dagangan."),
        (protocol.UNALTERED, "Urutan baitnya mengikuti urutan kerja di umo."),
    ):
        labelling.put_on(labelled, key, reason=reason, by=users["adat2"])
    covering.cover(
        covered,
        note="Senjang ini mengenang pesenjang yang sudah berpulang. Keluarganya mohon didengarkan dengan tenang.",
        reason="Permintaan keluarga.",
        by=users["adat3"],
    )
    takedowns.ask(
        asked_about,
        relation=TakedownRequest.Relation.COMMUNITY,
        reason="Bait isi menyebut bunga tujuh. Di desa kami kata itu hanya diucapkan dalam upacara, tidak untuk umum.",
        contact="0812-0000-0001 (nomor contoh)",
    )
