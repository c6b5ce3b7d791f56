"""Files are made anew when their recipe changes, and tagged anew when what they tell changes; none goes missing."""

from dataclasses import replace

import mutagen
import pytest
from django.urls import reverse

from cms.office.models import Role
from media_assets import recipes, recordings, renditions, renewing
from media_assets.models import Rendition, SenjangCredit
from tests import factories

pytestmark = pytest.mark.django_db
QUEUED, READY = Rendition.State.QUEUED, Rendition.State.READY


@pytest.fixture
def staff(user_in):
    return user_in(Role.COMMUNICATIONS)


@pytest.fixture
def ready(staff, take):
    senjang = factories.SenjangPageFactory(published=True, title="Izin Usaha")
    made = recordings.add(senjang, take(), by=staff, label="Studio")
    renditions.make(made.master.pk)
    return made


@pytest.fixture
def newer(monkeypatch):
    """The radio's recipe, one version on."""

    def raised(name="radio-wav"):
        changed = replace(recipes.BY_NAME[name], version=recipes.BY_NAME[name].version + 1)
        monkeypatch.setattr(recipes, "ALL", tuple(changed if r.name == name else r for r in recipes.ALL))
        monkeypatch.setitem(recipes.BY_NAME, name, changed)
        return changed

    return raised


def test_while_no_recipe_changed_nothing_is_made_again(ready):
    assert renewing.renew_outdated() == 0
    assert {file.state for file in Rendition.objects.all()} == {READY}


def test_only_the_changed_recipes_file_is_made_again_and_the_old_one_is_used_meanwhile(ready, newer):
    before = {recipe: file.file.name for recipe, file in ready.files().items()}
    changed = newer()

    renewing.renew_outdated()

    assert list(Rendition.objects.unfinished().values_list("recipe", flat=True)) == ["radio-wav"]
    assert {recipe: file.file.name for recipe, file in ready.files().items()} == before
    renditions.make(ready.master.pk)
    made = ready.files()["radio-wav"]
    assert (made.state, made.recipe_version) == (READY, changed.version)


def test_one_that_fails_to_be_made_again_goes_on_being_used_and_says_so(ready, newer):
    newer()
    renewing.renew_outdated()
    ready.master.file.storage.delete(ready.master.file.name)

    renditions.make(ready.master.pk)

    kept = ready.files()["radio-wav"]
    assert (kept.state, bool(kept.error), bool(kept.file)) == (Rendition.State.FAILED, True, True)


def test_a_new_upload_does_not_wait_behind_old_files(ready, newer):
    newer()
    factories.add_take(factories.RecordingFactory())
    Rendition.objects.filter(master__recording=ready, recipe="web-mp3").update(state=QUEUED)

    assert renewing.renew_outdated() == 0


def test_the_oldest_takes_come_first_two_at_a_time(newer):
    takes = [factories.add_take(factories.RecordingFactory()) for _number in range(3)]
    newer()

    renewing.renew_outdated()

    queued = Rendition.objects.unfinished().order_by("master").values_list("master", flat=True)
    assert list(queued) == [take.pk for take in takes[:2]]


def test_a_take_that_was_replaced_is_not_made_again(newer):
    recording = factories.RecordingFactory(heard=True)
    last = factories.add_take(recording)
    newer()

    outdated = Rendition.objects.outdated().values_list("master", flat=True)

    assert list(outdated) == [last.pk]


def test_the_list_says_how_many_takes_are_still_to_be_made_again(client, staff, newer):
    factories.RecordingFactory(heard=True)
    newer()
    client.force_login(staff)

    page = client.get(reverse("recordings:index")).content.decode()

    assert "Berkas 1 rekaman sedang dibuat ulang dengan resep yang baru." in page


def test_tags_follow_what_changed_under_a_new_address(ready):
    before = {recipe: file.file.name for recipe, file in ready.files().items()}
    SenjangCredit.objects.create(senjang=ready.senjang, person=factories.PersonFactory(name="Nek Ipah"))

    renewing.tag(ready.pk)

    after = ready.files()
    assert all(after[recipe].file.name != name for recipe, name in before.items())
    assert "Nek Ipah" in mutagen.File(after["web-mp3"].file.path)["TEXT"].text
    assert {file.state for file in after.values()} == {READY}


def test_the_same_tags_change_nothing(ready):
    before = {recipe: file.file.name for recipe, file in ready.files().items()}

    renewing.tag(ready.pk)

    assert {recipe: file.file.name for recipe, file in ready.files().items()} == before
