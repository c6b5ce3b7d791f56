"""Leaflets: every reason why one may not be printed, and its PDF with bleed and trim boxes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from campaigns import catalogue, qr
from campaigns.models import Code, LicencePage
from cms.office import hours, pdf
from cms.office.models import OfficeSettings
from media_assets import fitness, lyrics, permissions, protocol
from media_assets.models import Approval, SenjangCredit, SenjangPage

TEMPLATES = {"flyer-a5": Path(__file__).parent / "typst" / "flyer-a5.typ"}
MASCOTS = ("kuyung.svg", "kupek.svg")
BLEED_MM = 3
CODE_MM = 40  # quiet zone included
MODULE_MM = 0.5  # below this, cheap phones fail on folded paper


@dataclass(frozen=True)
class Rule:
    holds: Callable[[SenjangPage, Code], bool]
    otherwise: Promise


RULES = (
    Rule(
        lambda senjang, code: senjang.is_public,
        _("Senjang ini belum terbit dengan lirik yang disetujui Lembaga Adat. Ajukan dan terbitkan dulu."),
    ),
    Rule(
        lambda senjang, code: code.page_id == senjang.pk,
        _("Kode ini menuju halaman lain. Pilih kode yang menuju senjang ini."),
    ),
    Rule(
        lambda senjang, code: code.state == Code.State.ACTIVE,
        _("Kode ini sedang ditahan atau sudah pensiun. Pilih kode yang aktif."),
    ),
    Rule(
        lambda senjang, code: bool(licences_of(senjang, code)),
        _("Kode ini belum menunjuk satu layanan pun. Pilih layanannya dulu di menu Kode QR."),
    ),
    Rule(
        lambda senjang, code: CODE_MM / qr.side(code.code) >= MODULE_MM,
        _("Alamat situs terlalu panjang untuk kode sekecil ini. Pakai nama situs yang lebih pendek."),
    ),
)


def licences_of(senjang: SenjangPage, code: Code | None) -> list[LicencePage]:
    """Those behind the code today; without a code, those the senjang makes known."""
    if code:
        return list(LicencePage.objects.filter(codes=code).led_by(senjang.main_licences))
    return [link.licence for link in senjang.licence_links.all()]


def objections(senjang: SenjangPage, code: Code, day: date | None = None) -> list[str]:
    """All reasons why this leaflet may not go to the printer; [] = it may."""
    asked = fitness.allows(senjang, "print", day or timezone.localdate()).reasons
    return [*(str(rule.otherwise) for rule in RULES if not rule.holds(senjang, code)), *asked]


def render(
    senjang: SenjangPage,
    code: Code | None,
    *,
    by: Any,
    template: str = "flyer-a5",
    day: date | None = None,
    draft: bool = False,
) -> bytes:
    """The PDF, ready for the printer. A draft is marked as one, shows the newest text and may lack its code.

    `by=None` is the system. Facts are those in force on `day`. A leaflet is Indonesian whatever the reader's language.
    """
    if by is not None and not permissions.can_print_leaflet(by):
        raise PermissionDenied
    if draft:
        senjang = senjang.get_latest_revision_as_object()
    elif code is None:
        raise ValidationError(__("Senjang ini belum punya kode. Buat kodenya dulu di menu Kode QR."))
    elif reasons := objections(senjang, code, day):
        raise ValidationError(reasons)
    with translation.override("id"):
        data = _words(senjang, code, day or timezone.localdate(), draft=draft)
        files = _pictures(code)
        data["mascots"] = [name for name in MASCOTS if name in files]
        return _boxed(pdf.render(TEMPLATES[template], data, files))


def file_name(senjang: SenjangPage, code: Code | None, *, draft: bool = False) -> str:
    parts = ["leaflet", senjang.slug, code.code if code else "", "draf" if draft else ""]
    return "-".join(part for part in parts if part) + ".pdf"


def _words(senjang: SenjangPage, code: Code | None, day: date, *, draft: bool) -> dict[str, Any]:
    office = OfficeSettings.load()
    stanzas = senjang.parts["isi"]
    if not stanzas:
        raise ValidationError(__("Bagian isi senjang ini masih kosong. Tulis liriknya dulu."))
    return {
        "title": senjang.title,
        "language": senjang.language,
        "draft": __("DRAF") if draft else "",
        "office": {
            "name": office.name,
            "short": office.short_name,
            "district": office.district,
            "address": ", ".join(line.strip(" ,") for line in office.address.splitlines() if line.strip(" ,")),
            "hours": hours.spans(office.hours.all()),
        },
        "contacts": list(_contacts(office)),
        "verse": _excerpt(senjang, stanzas[0], day),
        "licences": [_need(need) for need in catalogue.needs(licences_of(senjang, code), day)],
        "has_code": code is not None,
        "code": code.code if code else "",
        "code_mm": CODE_MM,
        "address": code.address.partition("://")[2] if code else "",
        "small_print": list(_small_print(senjang, code)),
        "words": _labels(code, day),
    }


def _excerpt(senjang: SenjangPage, stanza: lyrics.Stanza, day: date) -> list[dict[str, str]]:
    """One stanza, unless the council wants the song whole, or a note read before its words."""
    standing = fitness.standing_of(senjang.pk)
    if standing.cover or not protocol.allows(standing, "print", day, altered=True):
        return []
    return [{"text": line["text"], "gloss": line["gloss"]} for line in stanza]


def _need(need: catalogue.LicenceNeeds) -> dict[str, Any]:
    known = need.requirements or need.steps or need.time or need.fee
    return {
        "title": need.title,
        "requirements": need.requirements,
        "steps": need.steps,
        "time": need.time,
        "fee": need.fee,
        "note": need.note or ("" if known else __("Tanyakan syaratnya di kantor atau lewat WhatsApp.")),
    }


def _contacts(office: OfficeSettings) -> Iterator[tuple[str, str]]:
    line = office.whatsapp_lines.first()
    if line:
        yield "WhatsApp", line.number
    if office.phone:
        yield __("Telepon"), office.phone
    if office.email:
        yield __("Surel"), office.email


def _small_print(senjang: SenjangPage, code: Code | None) -> Iterator[str]:
    asked = [f"{mark.name}." for mark in fitness.standing_of(senjang.pk).marks]
    yield " ".join([*_credits(senjang), *_approval(senjang), *asked])
    if code:
        yield __("Kode pada leaflet ini hanya membuka %(address)s. Jika yang terbuka alamat lain, beri tahu kami.") % {
            "address": code.address.partition("://")[2]
        }


def _credits(senjang: SenjangPage) -> Iterator[str]:
    heads = {
        SenjangCredit.Role.AUTHOR: __("Lirik"),
        SenjangCredit.Role.ARRANGER: __("Irama"),
        SenjangCredit.Role.SOURCE: __("Narasumber"),
    }
    credits = list(senjang.credits.all())
    for role, head in heads.items():
        names = [credit.person.name for credit in credits if credit.role == role]
        if names:
            yield f"{head}: {', '.join(names)}."
    if senjang.irama:
        yield __("Irama Kecamatan %(name)s.") % {"name": senjang.irama.name}


def _approval(senjang: SenjangPage) -> Iterator[str]:
    approval = Approval.objects.select_related("ruling").filter(pk=senjang.digest).first()
    if approval:
        day = date_format(timezone.localtime(approval.ruling.at), "l, j F Y")
        yield __("Lirik disetujui Lembaga Adat pada %(day)s.") % {"day": day}
    else:
        yield __("Lirik belum disetujui Lembaga Adat.")


def _labels(code: Code | None, day: date) -> dict[str, str]:
    return {
        "eyebrow": __("Senjang dari Kuyung Seko dan Kupek Ayu"),
        "scan": __("Pindai, dengarkan senjangnya"),
        "typed": __("atau ketik kode ini"),
        "code_alt": __("Kode QR menuju %(address)s") % {"address": code.address} if code else "",
        "no_code": __("Tempat kode QR"),
        "whole": __("Dengarkan senjangnya utuh: pindai kode di bawah ini."),
        "more": __("Bait lengkapnya ada di alamat di bawah ini."),
        "kuyung_alt": __("Kuyung Seko, pemuda bertanjak"),
        "kupek_alt": __("Kupek Ayu, gadis bergandik dan berselendang"),
        "needs": __("Yang perlu disiapkan"),
        "as_of": __("Berlaku per %(day)s") % {"day": date_format(day, "l, j F Y")},
        "steps": __("Caranya"),
        "time": __("Waktu"),
        "fee": __("Biaya"),
        "notes": __("Catatan Anda"),
        "requirements_left": __("dan {n} syarat lagi: lihat alamat di bawah"),
        "licences_left": __("dan {n} layanan lagi: lihat alamat di bawah"),
        "come": __("Datang ke kantor"),
        "ask": __("Tanya kami"),
        "complete": __("Selengkapnya, selalu yang terbaru:"),
    }


def _pictures(code: Code | None) -> dict[str, bytes]:
    found = {name: finders.find(f"cms/{name}") for name in MASCOTS}
    files = {name: Path(path).read_bytes() for name, path in found.items() if path}
    if code:
        files["code.svg"] = qr.svg(code.code, mm=CODE_MM).encode()
    return files


def _boxed(file: bytes) -> bytes:
    """Tell the printer where the knife goes: the page holds the bleed, the trim box the leaflet."""
    bleed = BLEED_MM * 72 / 25.4
    out = BytesIO()
    with pikepdf.open(BytesIO(file)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            page.bleedbox = pikepdf.Array([left, bottom, right, top])
            page.trimbox = pikepdf.Array([left + bleed, bottom + bleed, right - bleed, top - bleed])
        document.save(out)
    return out.getvalue()
