"""The role Administrator keeps accounts and cannot climb above its own."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from cms.office.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
ACCOUNTS = get_user_model().objects


def form(username, **more):
    secret = "Sungai-Musi-1926"
    return {
        "username": username,
        "email": f"{username}@example.id",
        "first_name": "Ana",
        "last_name": "Sari",
        "is_active": "on",
        "is_superuser": "on",
        "password1": secret,
        "password2": secret,
    } | more


@pytest.mark.parametrize("above", [False, True])
def test_only_a_superuser_makes_a_superuser(client, user_in, above):
    client.force_login(user_in(Role.ADMINISTRATOR, is_superuser=above))
    colleague = factories.UserFactory(username="rekan")

    client.post(reverse("wagtailusers_users:add"), form("baru"))
    client.post(reverse("wagtailusers_users:edit", args=[colleague.pk]), form("rekan"))

    made = dict(ACCOUNTS.filter(first_name="Ana").values_list("username", "is_superuser"))
    assert made == {"baru": above, "rekan": above}


def test_an_administrator_cannot_touch_a_superuser(client, user_in):
    client.force_login(user_in(Role.ADMINISTRATOR))
    above = factories.UserFactory(username="atasan", is_superuser=True)
    before = ACCOUNTS.filter(pk=above.pk).values().get()
    off = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"]) + f"?id={above.pk}"

    client.post(reverse("wagtailusers_users:edit", args=[above.pk]), form("atasan"))
    client.post(off, {"mark_as_active": "False"})
    client.post(reverse("wagtailusers_users:delete", args=[above.pk]))

    assert ACCOUNTS.filter(pk=above.pk).values().get() == before
