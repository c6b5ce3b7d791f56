"""The search of the licence index: any input gives a page of results in words."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.catalogue import STATUS_TAGS, LicenceNeeds, needs
from campaigns.models import LicenceFact, LicencePage

LONGEST_QUERY = 100
MOST_WORDS = 8
PER_PAGE = 20
IN_FORCE_FIRST = Case(
    When(status=LicencePage.Status.IN_FORCE, then=0), When(status=LicencePage.Status.REPLACED, then=1), default=2
)


@dataclass(frozen=True)
class Found:
    """One result, in words; `url` is the licence's own page.

    Whoever looks for a licence that is not in force needs to know one thing: what is in its place. So time and fee are
    "", and `successor` and `successor_url` name the licence in force, "" where there is none.
    """

    code: str
    title: str
    url: str
    kind: str
    sector: str
    status: str
    status_tag: str
    time: str
    fee: str
    successor: str = ""
    successor_url: str = ""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A select of the search form; its first option, value "", is "all"."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Pager:
    """`previous_url` and `next_url` are query strings ("?q=…&halaman=2"), "" where there is no such page."""

    number: int
    pages: int
    previous_url: str
    next_url: str


def search(params: Mapping[str, str]) -> dict[str, Any]:
    """`params` is a query string: q, jenis, sektor, status, halaman; whatever it holds, there is an answer. Keys:

    `query` the words searched for, tidied · `filters` list of `Filter` · `results` list of `Found` · `total` int ·
    `summary` sentence · `pager` `Pager` · `is_filtered` whether anything narrows the list.
    """
    query = _tidy(params.get("q", ""))
    sectors = list(LicencePage.objects.public().order_by("sector").values_list("sector", flat=True).distinct())
    filters = [
        _filter("jenis", _("Jenis"), LicencePage.Kind.choices, params),
        _filter("sektor", _("Sektor"), [(sector, sector) for sector in sectors], params),
        _filter("status", _("Status"), LicencePage.Status.choices, params),
    ]
    chosen = {f.name: o.value for f in filters for o in f.options if o.selected and o.value}
    paginator = Paginator(_matching(query, chosen), PER_PAGE)
    here = paginator.get_page(_tidy(params.get("halaman", "")))
    kept = {"q": query, **chosen} if query else chosen
    return {
        "query": query,
        "filters": filters,
        "results": _found(here),
        "total": paginator.count,
        "summary": _summary(paginator.count, query),
        "pager": _pager(here, kept),
        "is_filtered": bool(kept),
    }


def _tidy(text: str) -> str:
    """Printable words only, short: NUL and surrogates would stop the database, length would stop everybody."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text[: LONGEST_QUERY * 4])
    return " ".join(kept.split())[:LONGEST_QUERY].strip()


def _matching(query: str, chosen: dict[str, str]) -> QuerySet[LicencePage]:
    """Every word must occur in title, code, sector or a fact in force; titles that hold the whole query
    come first, and of them those in force.
    """
    fields = {"jenis": "kind", "sektor": "sector", "status": "status"}
    found = LicencePage.objects.public().filter(**{fields[name]: value for name, value in chosen.items()})
    in_force = LicenceFact.objects.in_force(timezone.localdate()).filter(licence=OuterRef("pk"))
    for word in query.split()[:MOST_WORDS]:
        said = Q(title__icontains=word) | Q(code__icontains=word) | Q(sector__icontains=word)
        found = found.filter(said | Q(Exists(in_force.filter(value__icontains=word))))
    named = [Case(When(title__icontains=query, then=0), default=1)] if query else []
    return found.order_by(*named, IN_FORCE_FIRST, "code")


def _found(licences: Slice) -> list[Found]:
    pages = list(licences)
    words = needs(pages, timezone.localdate())
    return [_one(page, need) for page, need in zip(pages, words, strict=True)]


def _one(page: LicencePage, need: LicenceNeeds) -> Found:
    in_force = page.status == LicencePage.Status.IN_FORCE
    return Found(
        code=page.code,
        title=page.title,
        url=page.get_url() or "",
        kind=page.get_kind_display(),
        sector=page.sector,
        status=page.get_status_display(),
        status_tag=STATUS_TAGS[LicencePage.Status(page.status)],
        time=need.time if in_force else "",
        fee=need.fee if in_force else "",
        successor=need.current,
        successor_url=need.url if need.current else "",
    )


def _filter(name: str, label: str, choices: Iterable[tuple[str, str | Promise]], params: Mapping[str, str]) -> Filter:
    wanted = params.get(name, "")
    options = tuple(Option(value, str(words), value == wanted) for value, words in choices)
    return Filter(name, label, (Option("", _("Semua"), not any(o.selected for o in options)), *options))


def _pager(here: Slice, kept: dict[str, str]) -> Pager:
    def url(number: int) -> str:
        return "?" + urlencode({**kept, "halaman": number})

    return Pager(
        number=here.number,
        pages=here.paginator.num_pages,
        previous_url=url(here.number - 1) if here.has_previous() else "",
        next_url=url(here.number + 1) if here.has_next() else "",
    )


def _summary(total: int, query: str) -> str:
    if not total:
        return _("Tidak ada layanan yang cocok. Coba kata yang lebih pendek, atau tanyakan ke kantor.")
    words = ngettext("%(total)d layanan", "%(total)d layanan", total) % {"total": total}
    return _("%(words)s cocok dengan “%(query)s”.") % {"words": words, "query": query} if query else f"{words}."
