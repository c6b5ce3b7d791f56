"""The 47 + 13 example services of the demo: complete, marked as examples, replaced ones leading somewhere in force."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from campaigns import catalogue, importing
from campaigns.models import LicencePage

pytestmark = pytest.mark.django_db

FILE = Path(settings.BASE_DIR) / "cms" / "demo" / "licences.csv"


@pytest.fixture
def services():
    with FILE.open("rb") as file:
        report = importing.take_in(file, FILE.name, by=None)
    assert report.faults == []
    return list(LicencePage.objects.public())


def test_the_sixty_services_are_complete_examples_that_say_a_good_deal_of_their_own(services):
    today = timezone.localdate()

    kinds = [page.kind for page in services]
    assert (kinds.count("izin"), kinds.count("non_izin")) == (47, 13)
    assert all(page.is_example and page.live for page in services)
    silent = [
        (page.code, component.key)
        for page in services
        for component in catalogue.describe(page, today)["components"]
        if not component.items or component.source != "Contoh untuk peragaan"
    ]
    assert silent == []
    needs = catalogue.needs(services, today)
    rich = {need.requirements for need in needs if len(need.requirements) >= 3 and len(need.steps) >= 3}
    assert len(rich) >= 20
    assert len({need.requirements for need in needs}) == 53  # seven show what their successor needs


def test_every_replaced_service_leads_to_one_in_force(services):
    replaced = {page.code: page.current for page in services if page.status == "diganti"}

    assert {code: page.code for code, page in replaced.items()} == {
        "IZ-01": "NI-09",
        "IZ-03": "NI-09",
        "IZ-04": "NI-09",
        "IZ-05": "NI-09",
        "IZ-09": "NI-09",
        "IZ-13": "IZ-12",
        "IZ-24": "NI-09",
    }
    assert {page.status for page in replaced.values()} == {"berlaku"}
    assert [page.code for page in services if page.status == "dicabut"] == ["IZ-18", "IZ-19"]
