"""People allow the use of their work, in writing and for a time; and take it back."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.office import notices, scans, trail
from cms.office.models import Notice, Role
from performers import permissions, works
from performers.models import FOLDER, Channel, Consent, ConsentWithdrawal, Person

EARLIEST = date(1945, 8, 17)
AHEAD = (30, 14, 0)  # days before the last one on which staff are told
FURTHEST = timedelta(days=36525)  # a hundred years


def give(
    person: Person,
    *,
    capacity: str,
    channels: Collection[str],
    valid_from: date,
    scan: File,
    by: Any,
    until: date | None = None,
    minor: bool = False,
    guardian_name: str = "",
    guardian_relation: str = "",
    limited_to: Iterable[int] = (),
) -> Consent:
    """Record a signed form. `until` is the last day, None = without end; `limited_to` names works, none = all."""
    if not permissions.can_keep_consents(by):
        raise PermissionDenied
    guardian = {"guardian_name": _tidy(guardian_name), "guardian_relation": _tidy(guardian_relation)}
    only = sorted(set(limited_to))
    _check(capacity, channels, valid_from, until)
    _check_guardian(minor, guardian)
    _check_works(only)
    with scans.kept(scan, FOLDER, Consent.objects.all()) as facts, transaction.atomic():
        consent = Consent.objects.create(
            person=person,
            capacity=capacity,
            valid_from=valid_from,
            until=until,
            minor=minor,
            is_limited=bool(only),
            by=by,
            **{f"for_{channel}": True for channel in channels},
            **guardian,
            **facts,
        )
        works.limit(consent, only)
        text = _("Mencatat izin %(who)s untuk %(channels)s, %(span)s.")
        words = {"who": consent, "channels": consent.channel_names, "span": span(consent)}
        trail.record("beri izin", person, text % words, by=by, consent=consent.pk)
    return consent


@transaction.atomic
def withdraw(consent: Consent, *, reason: str, by: Any) -> ConsentWithdrawal:
    """From this moment on; the notice says what went and what is out of reach already."""
    if not permissions.can_keep_consents(by):
        raise PermissionDenied
    consent = Consent.objects.select_for_update().get(pk=consent.pk)  # of two at once the second comes too late
    if ConsentWithdrawal.objects.filter(consent=consent).exists():
        raise ValidationError(_("Izin ini sudah dicabut."))
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("Tulis alasannya, supaya orang lain tahu mengapa.")})
    taken = works.taken_by(consent, timezone.localdate())
    withdrawal = ConsentWithdrawal.objects.create(consent=consent, reason=reason, by=by)
    text = _("Mencabut izin %(who)s untuk %(channels)s: %(reason)s")
    text %= {"who": consent, "channels": consent.channel_names, "reason": reason}
    lost = [f"{one.heading}: {', '.join(thing.title for thing in one.things)}" for one in taken]
    trail.record("cabut izin", consent.person, text, by=by, consent=consent.pk, taken=lost)
    close_reminders(consent, AHEAD, by=by)
    notices.tell(
        Role.COMMUNICATIONS,
        "\n".join([text, *lost]),
        key=f"consent-{consent.pk}-withdrawn",
        url=consent.address,
        level=Notice.Level.WARNING,
    )
    return withdrawal


def span(consent: Consent) -> str:
    """ "1 Januari 2026 sampai 31 Desember 2026" or "mulai 1 Januari 2026, tanpa batas akhir"."""
    first = date_format(consent.valid_from, "j F Y")
    if consent.until is None:
        return _("mulai %(first)s, tanpa batas akhir") % {"first": first}
    return _("%(first)s sampai %(last)s") % {"first": first, "last": date_format(consent.until, "j F Y")}


def reminder_key(consent: Consent, days: int) -> str:
    return f"consent-{consent.pk}-{days}"


def close_reminders(consent: Consent, crossings: Iterable[int], *, by: Any = None) -> None:
    for days in crossings:
        notices.finish(reminder_key(consent, days), by=by)


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _check(capacity: str, channels: Collection[str], valid_from: date, until: date | None) -> None:
    wrong: dict[str, str] = {}
    if capacity not in Consent.Capacity.values:
        wrong["capacity"] = _("Pilih apakah izin ini sebagai penampil, penulis atau penggubah.")
    if not channels or not set(channels) <= set(Channel.values):
        wrong["channels"] = _("Pilih sedikitnya satu saluran yang diizinkan.")
    if not EARLIEST <= valid_from <= timezone.localdate() + FURTHEST:
        wrong["valid_from"] = _("Tanggal ini tidak masuk akal. Periksa tahunnya.")
    if until is not None and until < valid_from:
        wrong["until"] = _("Hari terakhir tidak boleh sebelum hari mulainya.")
    elif until is not None and until > timezone.localdate() + FURTHEST:
        wrong["until"] = _("Tanggal ini tidak masuk akal. Kosongkan bila izinnya tanpa batas akhir.")
    if wrong:
        raise ValidationError({field: [words] for field, words in wrong.items()})


def _check_guardian(minor: bool, guardian: dict[str, str]) -> None:
    if minor and not all(guardian.values()):
        asked = {
            "guardian_name": _("Yang belum dewasa memerlukan walinya. Tulis nama walinya."),
            "guardian_relation": _("Tulis hubungan walinya, misalnya ibu atau paman."),
        }
        raise ValidationError({field: [asked[field]] for field, words in guardian.items() if not words})
    if not minor and any(guardian.values()):
        text = _("Wali hanya dicatat untuk yang belum dewasa. Centang ini, atau hapus walinya.")
        raise ValidationError({"minor": [text]})


def _check_works(only: list[int]) -> None:
    if set(only) - {pk for pk, _title in works.choices()}:
        text = _("Ada senjang yang tidak dikenal. Muat ulang halamannya, lalu pilih lagi.")
        raise ValidationError({"limited_to": [text]})
