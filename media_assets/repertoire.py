"""The senjang to which a person's consent may be limited, for `performers.works`."""

from collections.abc import Iterable

from media_assets.models import ConsentWork, SenjangPage
from performers.models import Consent


def choices() -> list[tuple[int, str]]:
    return list(SenjangPage.objects.order_by("title", "pk").values_list("pk", "title"))


def limit(consent: Consent, works: Iterable[int]) -> None:
    ConsentWork.objects.bulk_create(ConsentWork(consent=consent, senjang_id=pk) for pk in works)


def named(consents: Iterable[Consent]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    rows = ConsentWork.objects.filter(consent__in=consents).values_list("consent", "senjang", "senjang__title")
    for consent, pk, title in rows:
        found.setdefault(consent, {})[pk] = title
    return found
