"""The catalogue as visitors read it: one licence in full, many in short."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import promotion
from campaigns.models import FactKey, LicenceFact, LicencePage
from cms.office.models import OfficeSettings, WhatsAppLine
from cms.office.notices import whatsapp_url

SIX_COMPONENTS = (
    FactKey.REQUIREMENTS,
    FactKey.STEPS,
    FactKey.TIME,
    FactKey.FEE,
    FactKey.PRODUCT,
    FactKey.COMPLAINTS,
)
STATUS_TAGS = {
    LicencePage.Status.IN_FORCE: "tag-ok",
    LicencePage.Status.REPLACED: "tag-wait",
    LicencePage.Status.REVOKED: "tag-stop",
}
FactsOf = dict[tuple[int, str], LicenceFact]


@dataclass(frozen=True)
class LicenceNeeds:
    """What one licence asks, in words ready to show.

    `code` and `title` are those of the licence asked about. Where it has been replaced, `url` and every fact are those
    of the public licence in its place, if there is one, and `note` says so. Texts are "" and tuples () where the
    catalogue is silent; `whatsapp` is the licence's own number as wa.me wants it, "" where the office's number holds.
    `current` is the title of that licence, "" where it is the one asked about.
    """

    code: str
    title: str
    url: str
    requirements: tuple[str, ...]
    steps: tuple[str, ...]
    time: str
    fee: str
    whatsapp: str
    as_of: date
    note: str
    current: str = ""


@dataclass(frozen=True)
class Component:
    """One fact as shown: its items in order, () where nothing is recorded; since when and by which source."""

    key: str
    label: str
    items: tuple[str, ...]
    since: date | None
    source: str


def needs(licences: Iterable[LicencePage], day: date) -> list[LicenceNeeds]:
    """In the order given. One query for the facts, and one for successors only if one of them has been replaced."""
    asked = list(licences)
    current = _current(asked)
    facts = _facts({page.pk for page in current.values()}, day)
    return [_needs(page, current[page.pk], facts, day) for page in asked]


def _needs(asked: LicencePage, current: LicencePage, facts: FactsOf, day: date) -> LicenceNeeds:
    def lines(key: FactKey) -> tuple[str, ...]:
        fact = facts.get((current.pk, key))
        return tuple(fact.lines) if fact else ()

    return LicenceNeeds(
        code=asked.code,
        title=asked.title,
        url=current.get_url() or "",
        requirements=lines(FactKey.REQUIREMENTS),
        steps=lines(FactKey.STEPS),
        time="; ".join(lines(FactKey.TIME)),
        fee="; ".join(lines(FactKey.FEE)),
        whatsapp=_digits(lines(FactKey.WHATSAPP)),
        as_of=day,
        note=status_note(asked, current),
        current=current.title if current.pk != asked.pk else "",
    )


def status_note(asked: LicencePage, current: LicencePage) -> str:
    """One sentence for a licence that is no longer in force; "" for one that is."""
    if asked.status == LicencePage.Status.REPLACED and current.pk == asked.pk:
        return _("%(old)s sudah diganti. Tanyakan penggantinya ke kantor.") % {"old": asked.title}
    if asked.status == LicencePage.Status.REPLACED:
        return _("%(old)s sudah diganti. Sekarang Anda mengurus %(new)s.") % {"old": asked.title, "new": current.title}
    if asked.status == LicencePage.Status.REVOKED:
        return _("%(old)s sudah dicabut. Anda tidak perlu mengurusnya lagi.") % {"old": asked.title}
    return ""


def describe(licence: LicencePage, day: date) -> dict[str, Any]:
    """All that the licence's page says. Keys:

    `licence` the page · `components` the six public ones in order, each a `Component` · `legal_basis` tuple[str] ·
    `kbli` list of (edition "KBLI 2020", tuple of codes) · `kind`, `sector`, `risk`, `status` words · `status_tag` CSS
    class · `status_note` sentence or "" · `successor` the page in force in its place, or None · `oss_url` ·
    `whatsapp` digits of the licence's own number or the office's, "" if neither · `ask_url` wa.me link with the
    licence's name filled in, or "" · `as_of` the day, `as_of_words` "Berlaku per Sabtu, 21 November 2026" · `ahead`
    list of `Component` that change later, `since` being the day · `promoted_by` list of `Promotion` (channel, title,
    url).
    """
    facts = _facts({licence.pk}, day)
    current = _current([licence])[licence.pk]
    whatsapp = _digits(_component(facts, licence, FactKey.WHATSAPP).items) or OfficeSettings.load().whatsapp
    question = _("Halo, saya ingin bertanya tentang %(licence)s.") % {"licence": licence.title}
    return {
        "licence": licence,
        "components": [_component(facts, licence, key) for key in SIX_COMPONENTS],
        "legal_basis": _component(facts, licence, FactKey.LEGAL_BASIS).items,
        "kbli": _kbli(licence),
        "kind": licence.get_kind_display(),
        "sector": licence.sector,
        "risk": licence.get_risk_display(),
        "status": licence.get_status_display(),
        "status_tag": STATUS_TAGS[LicencePage.Status(licence.status)],
        "status_note": status_note(licence, current),
        "successor": current if current.pk != licence.pk else None,
        "oss_url": licence.oss_url,
        "whatsapp": whatsapp,
        "ask_url": whatsapp_url(question, whatsapp) if whatsapp else "",
        "as_of": day,
        "as_of_words": _("Berlaku per %(day)s") % {"day": date_format(day, "l, j F Y")},
        "ahead": [_worded(fact) for fact in LicenceFact.objects.filter(licence=licence.pk).ahead_of(day)],
        "promoted_by": promotion.public_pages(licence, day),
    }


def _component(facts: FactsOf, licence: LicencePage, key: FactKey) -> Component:
    fact = facts.get((licence.pk, key))
    return _worded(fact) if fact else Component(key.value, str(key.label), (), None, "")


def _worded(fact: LicenceFact) -> Component:
    return Component(fact.key, fact.get_key_display(), tuple(fact.lines), fact.valid_from, fact.source)


def _kbli(licence: LicencePage) -> list[tuple[str, tuple[str, ...]]]:
    by_edition: dict[str, tuple[str, ...]] = {}
    for row in sorted(licence.kbli_codes.all(), key=lambda row: (row.edition, row.sort_order or 0)):
        label = row.get_edition_display()
        by_edition[label] = (*by_edition.get(label, ()), row.code)
    return list(by_edition.items())


def _facts(licences: Iterable[int], day: date) -> FactsOf:
    rows = LicenceFact.objects.in_force(day).filter(licence__in=licences)
    return {(fact.licence_id, fact.key): fact for fact in rows}


def _current(asked: list[LicencePage]) -> dict[int, LicencePage]:
    """For each licence the one that visitors may read in its place: all chains in one query, circles cut."""
    known = {page.pk: page for page in asked}
    named = {page.successor_id for page in asked if page.successor_id}
    if named:
        chained = Q(successor__isnull=False) | Q(predecessors__isnull=False) | Q(pk__in=named)  # a draft's own as well
        known |= {page.pk: page for page in LicencePage.objects.filter(chained).distinct()}
    return {page.pk: _end_of_chain(page, known) for page in asked}


def _end_of_chain(page: LicencePage, known: dict[int, LicencePage]) -> LicencePage:
    """The last one that is public; the page itself where none is, for a draft is named to nobody."""
    seen, public = {page.pk}, page
    while page.successor_id and page.successor_id not in seen:
        page = known[page.successor_id]
        seen.add(page.pk)
        public = page if page.live else public
    return public


def _digits(items: tuple[str, ...]) -> str:
    return WhatsAppLine(number=items[0]).digits if items else ""
