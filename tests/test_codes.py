"""Codes: what is printed stays readable, never comes back, and every change behind it is on record."""

import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from campaigns import codes
from campaigns.models import Code, Village
from cms.office import generation, trail
from cms.office.models import Role, Trail
from tests import factories

bodies = st.text(alphabet=codes.ALPHABET, min_size=5, max_size=5)
whole = bodies.map(lambda body: body + codes.check_character(body))


@pytest.fixture
def staff(user_in):
    return user_in(Role.COMMUNICATIONS)


@pytest.fixture
def code(staff):
    return codes.place(
        factories.SenjangPageFactory(published=True),
        label="Meja loket",
        licences=[factories.LicencePageFactory()],
        by=staff,
    )


@given(whole, st.integers(0, 5), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_always_noticed(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]

    assert codes.is_well_formed(wrong) == (wrong == code)


@given(whole.filter(lambda code: "0Z" not in code and "Z0" not in code), st.integers(0, 4))
def test_two_neighbours_swapped_are_always_noticed(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert codes.is_well_formed(swapped) == (swapped == code)


@pytest.mark.django_db
def test_no_new_code_holds_the_one_swap_that_luhn_misses():
    made = [codes.new_code(random.Random(seed)) for seed in range(600)]

    assert [code for code in made if not codes.is_well_formed(code) or "0Z" in code or "Z0" in code] == []


@given(st.text(max_size=40))
def test_any_text_can_be_read(typed):
    assert codes.is_well_formed(codes.read(typed)) in (True, False)


@pytest.mark.parametrize(
    "typed",
    [
        "7K3F10",
        "7k3f10",
        " 7k3-fio ",
        "7K3 FLO",
        "https://bersenjang.example/Q/7K3F10?dari=bagi",
        "７K3F10",
        "/q/7k3f1o/",
    ],
)
def test_reading_forgives_what_people_type(typed):
    assert codes.read(typed) == "7K3F10"


@pytest.mark.parametrize("typed", ["", "7K3F1", "7K3F100", "7K3FU0", "'; --", "\0\0\0\0\0\0", "7K3F1é"])
def test_what_is_no_code_is_not_well_formed(typed):
    assert codes.is_well_formed(codes.read(typed)) is False


@pytest.mark.django_db
def test_a_placed_code_knows_its_place_and_its_story(staff):
    village = Village.objects.select_related("kecamatan").first()
    page, licence = factories.SenjangPageFactory(published=True), factories.LicencePageFactory()

    code = codes.place(page, label=" Balai desa ", licences=[licence], village=village, medium="poster", by=staff)

    code.refresh_from_db()
    assert (code.label, code.medium, code.kecamatan, code.village) == (
        "Balai desa",
        "poster",
        village.kecamatan,
        village,
    )
    assert (code.page_id, list(code.licences.all()), code.state) == (page.pk, [licence], Code.State.ACTIVE)
    assert codes.is_well_formed(code.code)
    assert [(line.verb, line.actor) for line in trail.of(code)] == [("place", staff)]


@pytest.mark.django_db
def test_a_code_is_never_given_out_twice_not_even_after_its_row_is_gone(staff, code):
    again = codes.new_code(random.Random(7))
    lost = factories.CodeFactory(code=again)
    trail.record("place", lost, "Menempatkan", by=staff)
    Code.objects.filter(pk=again).delete()

    assert codes.new_code(random.Random(7)) != again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"licences": []}, "licences"),
        ({"label": "  "}, "label"),
        ({"label": "x" * 121}, "label"),
        ({"medium": "batu"}, "medium"),
        ({"village": "elsewhere"}, "village"),
    ],
)
def test_a_code_without_what_it_needs_is_not_placed(staff, fields, field):
    page, licence = factories.SenjangPageFactory(), factories.LicencePageFactory()
    if "village" in fields:
        village = Village.objects.first()
        fields = {"village": village, "kecamatan": Village.objects.exclude(kecamatan=village.kecamatan_id)[0].kecamatan}

    with pytest.raises(ValidationError) as refusal:
        codes.place(page, **{"label": "Meja", "licences": [licence], "by": staff} | fields)

    assert list(refusal.value.message_dict) == [field]
    assert (Code.objects.count(), Trail.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_retargeting_moves_visitors_and_says_why(staff, code):
    page, licence = factories.SenjangPageFactory(published=True), factories.LicencePageFactory()
    old = (code.page_id, [pk for (pk,) in code.licences.values_list("pk")])
    before = generation.current()

    codes.retarget(code, page=page, licences=[licence], by=staff, reason="Kampanye baru")

    code.refresh_from_db()
    line = trail.of(code).first()
    assert (code.page_id, list(code.licences.all())) == (page.pk, [licence])
    assert (line.verb, line.data["before"]) == ("retarget", {"page": old[0], "licences": old[1]})
    assert line.text.endswith("Kampanye baru")
    assert generation.current() > before


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"reason": " "}, {"licences": []}, {}])
def test_a_retarget_needs_a_reason_a_licence_and_a_difference(staff, code, change):
    same = {"page": code.page, "licences": list(code.licences.all()), "reason": "Coba"}

    with pytest.raises(ValidationError):
        codes.retarget(code, **same | change, by=staff)

    assert [line.verb for line in trail.of(code)] == ["place"]


LIFE = {
    (Code.State.ACTIVE, "hold"): Code.State.HELD,
    (Code.State.ACTIVE, "retire"): Code.State.RETIRED,
    (Code.State.HELD, "release"): Code.State.ACTIVE,
    (Code.State.HELD, "retire"): Code.State.RETIRED,
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", Code.State)
@pytest.mark.parametrize("verb", ["hold", "release", "retire"])
def test_the_life_of_a_code(staff, code, state, verb):
    Code.objects.filter(pk=code.pk).update(state=state)
    code.refresh_from_db()
    goal = LIFE.get((state, verb))

    if goal:
        getattr(codes, verb)(code, by=staff, reason="Sobek")
    else:
        with pytest.raises(ValidationError):
            getattr(codes, verb)(code, by=staff, reason="Sobek")

    assert (verb in codes.possible_moves(code)) == bool(goal)
    code.refresh_from_db()
    assert code.state == (goal or state)
    assert [line.verb for line in trail.of(code)] == ([verb, "place"] if goal else ["place"])


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_only_those_who_place_codes_may_change_them(user_in, code, role):
    user, may = user_in(role), role in (Role.ADMINISTRATOR, Role.COMMUNICATIONS)
    deeds = [
        lambda: codes.place(code.page, label="Lain", licences=code.licences.all(), by=user),
        lambda: codes.retarget(
            code, page=factories.SenjangPageFactory(), licences=code.licences.all(), by=user, reason="x"
        ),
        lambda: codes.hold(code, by=user, reason="x"),
        lambda: codes.release(code, by=user, reason="x"),
        lambda: codes.retire(code, by=user, reason="x"),
    ]

    for deed in deeds:
        if may:
            deed()
        else:
            with pytest.raises(PermissionDenied):
                deed()

    assert Trail.objects.count() == (6 if may else 1)
