"""Wagtail's own reports: for those who edit pages, and harmless in a spreadsheet."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.urls import reports

from cms.office.models import Role
from media_assets import submitting
from media_assets.models import SenjangPage
from tests.test_review import complete

pytestmark = pytest.mark.django_db
EVERY = [route.name for route in reports.urlpatterns]


@pytest.mark.parametrize("name", EVERY)
def test_the_head_of_office_is_kept_out_and_editors_are_let_in(client, user_in, name):
    address, opened = reverse(f"wagtailadmin_reports:{name}"), {}
    for role in (Role.ADMINISTRATOR, Role.COMMUNICATIONS, Role.HEAD):
        client.force_login(user_in(role))
        opened[role] = client.get(address).status_code == 200

    assert opened == {Role.ADMINISTRATOR: True, Role.COMMUNICATIONS: "locked" not in name, Role.HEAD: False}


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get(reverse("wagtailadmin_reports:site_history")).status_code == 302


def lines(client, name):
    answer = client.get(reverse(f"wagtailadmin_reports:{name}") + "?export=csv")
    return list(csv.reader(io.StringIO(b"".join(answer).decode())))


@pytest.mark.parametrize("name", ["site_history", "aging_pages", "workflow", "workflow_tasks", "locked_pages"])
def test_what_a_title_would_run_is_exported_as_text(client, user_in, name):
    admin = user_in(Role.ADMINISTRATOR)
    client.force_login(admin)
    page = complete(title="=HYPERLINK(1)")
    submitting.submit(page, by=admin)
    SenjangPage.objects.filter(pk=page.pk).update(locked=True, locked_by=admin, last_published_at=timezone.now())

    cells = {cell for row in lines(client, name) for cell in row}

    assert "'=HYPERLINK(1)" in cells
    assert "=HYPERLINK(1)" not in cells
