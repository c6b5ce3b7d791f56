"""What a person with an account is called."""

import pytest

from cms.office import names

pytestmark = pytest.mark.django_db


def test_a_person_is_called_by_name_and_by_log_in_only_without_one(user_in):
    named = user_in("Pimpinan", username="kadis", first_name="Rina", last_name="Astuti")
    bare = user_in("Radio", username="radio9")

    assert [names.of_account(one) for one in (named, bare, None)] == ["Rina Astuti", "radio9", ""]
