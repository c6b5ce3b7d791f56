"""Licences from a table: what is new, changed or the same; written all or nothing, and a second time without effect."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from campaigns import facts
from campaigns.licence_table import CODE, FIELDS, KBLI, SCHEMA, SOURCE, STATUS, SUCCESSOR, VALID_FROM, Kbli
from campaigns.models import FactKey, KbliCode, LicenceFact, LicenceIndexPage, LicencePage
from campaigns.permissions import can_import_licences
from cms.office import imports, trail
from cms.office.imports import Fault, Row, Table

NEW, CHANGED, SAME = gettext_lazy("baru"), gettext_lazy("berubah"), gettext_lazy("tetap")


@dataclass
class Entry:
    """What one row does: `attributes` and `facts` hold only what differs from the catalogue."""

    row: int
    code: str
    page: LicencePage
    is_new: bool
    attributes: dict[str, Any] = field(default_factory=dict)
    successor: str | None = None
    moves_successor: bool = False
    kbli: Kbli | None = None
    facts: dict[str, str] = field(default_factory=dict)
    valid_from: date = date.min
    source: str = ""

    @property
    def touches_page(self) -> bool:
        return bool(self.attributes or self.moves_successor or self.kbli is not None)

    @property
    def state(self) -> Any:
        if self.is_new:
            return NEW
        return CHANGED if self.touches_page or self.facts else SAME

    @property
    def title(self) -> str:
        return str(self.attributes.get("title", self.page.title))

    @property
    def changes(self) -> list[str]:
        """What differs, in words, for the report."""
        names = {attribute: column for column, attribute in FIELDS.items()}
        words = [f"{names[attribute]}: {_as_typed(value)}" for attribute, value in self.attributes.items()]
        if self.moves_successor:
            words.append(f"{SUCCESSOR}: {self.successor or '–'}")
        if self.kbli is not None:
            words.append(f"{KBLI}: {'; '.join(f'{edition}:{code}' for edition, code in self.kbli) or '–'}")
        return words + [f"{key}: {value}" for key, value in self.facts.items()]


def _as_typed(value: Any) -> Any:
    return ("ya" if value else "tidak") if isinstance(value, bool) else value


@dataclass
class Report:
    entries: list[Entry]
    faults: list[Fault]
    written: bool = False

    def count(self, state: Any) -> int:
        return sum(entry.state == state for entry in self.entries)

    @property
    def new(self) -> int:
        return self.count(NEW)

    @property
    def changed(self) -> int:
        return self.count(CHANGED)

    @property
    def same(self) -> int:
        return self.count(SAME)

    @property
    def fingerprint(self) -> str:
        """Equal for two reports that would write the same."""
        words = repr([(entry.code, str(entry.state), entry.changes, entry.valid_from) for entry in self.entries])
        return hashlib.sha256(words.encode()).hexdigest()


def check(file: BinaryIO, name: str) -> Report:
    """The dry run: everything that would happen, and every reason why it may not."""
    table = imports.read(file, name, SCHEMA)
    imports.duplicates(table, CODE)
    catalogue = {page.code: page for page in LicencePage.objects.prefetch_related("kbli_codes").order_by("code")}
    days = {row.values.get(VALID_FROM) or timezone.localdate() for row in table.rows}
    known = {day: _values_in_force(day) for day in days}
    entries = [_compare(row, catalogue, known, table) for row in table.rows]
    _check_successors(entries, catalogue, table)
    table.faults.sort()
    return Report(entries, table.faults)


@transaction.atomic
def take_in(file: BinaryIO, name: str, *, by: Any, expecting: str | None = None) -> Report:
    """Check again and write; with any fault nothing is written. `by` None is the system (a command on the server).

    `expecting` is the fingerprint of a report that somebody has read: anything else is not written either.
    """
    if by is not None and not can_import_licences(by):
        raise PermissionDenied
    index = LicenceIndexPage.objects.select_for_update(of=("self",)).get()  # one import at a time
    report = check(file, name)
    if report.faults or (expecting is not None and report.fingerprint != expecting):
        return report
    report.written = True
    if not report.new + report.changed:
        return report
    counts = {"new": report.new, "changed": report.changed, "same": report.same}
    pages = {page.code: page for page in LicencePage.objects.all()}
    for entry in _successors_first(report.entries):
        _write(entry, index, pages, by)
    words = _("Katalog layanan diimpor: %(new)d baru, %(changed)d berubah, %(same)d tetap.") % counts
    codes = [entry.code for entry in report.entries if entry.state != SAME]
    trail.record("mengimpor katalog", index, words, by=by, file=name[:200], codes=codes)
    return report


def _values_in_force(day: date) -> dict[tuple[str, str], str]:
    rows = LicenceFact.objects.in_force(day).values_list("licence__code", "key", "value")
    return {(code, key): value for code, key, value in rows}


def _compare(row: Row, catalogue: dict[str, LicencePage], known: dict[date, dict[Any, str]], table: Table) -> Entry:
    values = row.values
    page = catalogue.get(values[CODE]) or LicencePage(code=values[CODE])
    day = values.get(VALID_FROM) or timezone.localdate()
    entry = Entry(row.number, page.code, page, page.pk is None, valid_from=day, source=values.get(SOURCE, ""))
    for column, attribute in FIELDS.items():
        if column in values and (entry.is_new or values[column] != getattr(page, attribute)):
            entry.attributes[attribute] = values[column]
    _compare_successor(entry, values, catalogue)
    kbli = tuple(sorted((code.edition, code.code) for code in page.kbli_codes.all()))
    if KBLI in values and values[KBLI] != kbli:
        entry.kbli = values[KBLI]
    given = {key: str(values[key]) for key in FactKey.values if values.get(key)}
    entry.facts = {key: value for key, value in given.items() if value != known[day].get((page.code, key))}
    _blame_what_cannot_be_written(entry, bool(given), table)
    return entry


def _compare_successor(entry: Entry, values: Any, catalogue: dict[str, LicencePage]) -> None:
    codes = {page.pk: page.code for page in catalogue.values()}
    before = codes.get(entry.page.successor_id)
    replaced = values.get(STATUS, entry.page.status) == LicencePage.Status.REPLACED
    entry.successor = (values[SUCCESSOR] or None) if SUCCESSOR in values else (before if replaced else None)
    entry.moves_successor = entry.successor != before


def _blame_what_cannot_be_written(entry: Entry, says_something: bool, table: Table) -> None:
    if says_something and not entry.source.strip():
        table.blame(entry.row, SOURCE, _("Tulis sumbernya, karena baris ini memuat isi layanan."))
    if len(entry.source) > 200:
        table.blame(entry.row, SOURCE, _("Sumber paling panjang 200 huruf."))
    if says_something and not facts.is_plausible(entry.valid_from):
        table.blame(entry.row, VALID_FROM, _("Tanggal berlaku ini tidak masuk akal. Periksa tahunnya."))
    if entry.is_new or not entry.touches_page:
        return
    if entry.page.has_unpublished_changes or not entry.page.live:
        words = _("Layanan ini sedang disunting: ada draf yang belum diterbitkan. Terbitkan dahulu, lalu impor lagi.")
        table.blame(entry.row, "", words)
    if entry.page.locked:
        table.blame(entry.row, "", _("Halaman layanan ini dikunci. Buka kuncinya dahulu, lalu impor lagi."))


def _check_successors(entries: list[Entry], catalogue: dict[str, LicencePage], table: Table) -> None:
    """Status and successor agree, every successor exists (in the file or the catalogue), and none leads back."""
    named = {str(row.values[CODE]) for row in table.broken if CODE in row.values}
    existing = {*catalogue, *named, *(entry.code for entry in entries)}
    codes = {page.pk: page.code for page in catalogue.values()}
    leads_to: dict[str, str | None] = {
        page.code: codes[page.successor_id] for page in catalogue.values() if page.successor_id
    }
    leads_to |= {entry.code: entry.successor for entry in entries}
    for entry in entries:
        status = entry.attributes.get("status", entry.page.status)
        if (status == LicencePage.Status.REPLACED) != bool(entry.successor):
            table.blame(entry.row, SUCCESSOR, _("Isi pengganti bila status “diganti”, dan hanya bila begitu."))
        elif entry.successor and entry.successor not in existing:
            words = _("Kode %(code)s tidak ada, baik di berkas ini maupun di katalog.") % {"code": entry.successor[:40]}
            table.blame(entry.row, SUCCESSOR, words)
        elif circle := _circle(entry.code, leads_to):
            words = _("Pengganti berputar kembali ke layanan ini: %(circle)s.") % {"circle": " → ".join(circle)}
            table.blame(entry.row, SUCCESSOR, words)


def _circle(start: str, leads_to: dict[str, str | None]) -> list[str]:
    """The way from `start` back to itself, or [] where it ends or circles elsewhere."""
    way, here = [start], leads_to.get(start)
    while here and here not in way:
        way.append(here)
        here = leads_to.get(here)
    return [*way, start] if here == start else []


def _successors_first(entries: Iterable[Entry]) -> list[Entry]:
    """In an order in which every successor exists before what it replaces."""
    by_code = {entry.code: entry for entry in entries}
    depth: Counter[str] = Counter()
    for code in by_code:
        here = by_code[code].successor
        while here in by_code:
            depth[code] += 1
            here = by_code[here].successor
    return sorted(by_code.values(), key=lambda entry: (depth[entry.code], entry.row))


def _write(entry: Entry, index: LicenceIndexPage, pages: dict[str, LicencePage], by: Any) -> None:
    page = entry.page
    if entry.is_new or entry.touches_page:
        for attribute, value in entry.attributes.items():
            setattr(page, attribute, value)
        page.successor = pages[entry.successor] if entry.successor else None
        if entry.kbli is not None:
            page.kbli_codes = [KbliCode(edition=edition, code=code) for edition, code in entry.kbli]
        if entry.is_new:
            page.owner, page.first_published_at, page.last_published_at = by, timezone.now(), timezone.now()
            index.add_child(instance=page)
            log(page, "wagtail.create", user=by)
        else:
            page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
        pages[entry.code] = page
    for key, value in entry.facts.items():
        facts.record(page, key, value, entry.valid_from, entry.source, by=by)
