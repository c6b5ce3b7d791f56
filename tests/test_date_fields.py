"""Dates and times are written and typed day first in the admin, in either language."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from cms.office.models import Role
from media_assets.models import SenjangPage
from tests import factories
from tests.editor import form_of, stored

JAKARTA = ZoneInfo("Asia/Jakarta")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("widget", "field", "value", "words"),
    [
        (AdminDateInput(), forms.DateField(), date(2026, 10, 1), "01/10/2026"),
        (AdminTimeInput(), forms.TimeField(), time(7, 30), "07.30"),
        (
            AdminDateTimeInput(),
            forms.DateTimeField(),
            datetime(2026, 10, 1, 7, 30, tzinfo=JAKARTA),
            "01/10/2026 07.30",
        ),
    ],
)
def test_what_a_field_shows_it_takes_back_as_the_same_moment(language, widget, field, value, words):
    with translation.override(language):
        shown = widget.format_value(timezone.make_naive(value) if isinstance(value, datetime) else value)

        assert (shown, field.clean(shown)) == (words, value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["10/25/2026", "31/02/2026", "kemarin"])
def test_no_field_takes_the_month_first(language, typed):
    with translation.override(language), pytest.raises(ValidationError):
        forms.DateField().clean(typed)


@pytest.mark.parametrize("typed", ["2026-10-01", "1-10-2026", "1/10/2026"])
def test_a_date_may_be_typed_in_the_other_usual_ways(typed):
    with translation.override("id"):
        assert forms.DateField().clean(typed) == date(2026, 10, 1)


@pytest.mark.django_db
def test_a_schedule_is_kept_and_shown_as_it_was_typed(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))
    page = factories.SenjangPageFactory()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = client.post(address, form_of(page, **stored(page)) | {"go_live_at": "05/12/2099 07.30"})

    draft = SenjangPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert answer.status_code == 302
    assert draft.go_live_at == datetime(2099, 12, 5, 7, 30, tzinfo=JAKARTA)
    assert 'value="05/12/2099 07.30"' in client.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["fakta:add", "recordings:add"])
def test_a_form_of_our_own_brings_the_date_pickers_script(client, user_in, door):
    client.force_login(user_in(Role.COMMUNICATIONS))

    page = client.get(reverse(door)).content.decode()

    assert ("initDateChooser" in page, "js/date-time-chooser" in page) == (True, True)
