"""What every test may ask for, and how the tests are shared out."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile
from xdist.scheduler.loadfile import LoadFileScheduling

from campaigns import contact, visit_pages
from cms.office.models import Role
from media_assets import serving, uploads, visitor
from media_assets.models import Master
from tests import factories, sounds

JOURNEYS = "tests/journeys/"


class JourneysTogether(LoadFileScheduling):
    """File by file, but all journeys on one worker: side by side their browsers and servers starve two cores."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return JourneysTogether(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(autouse=True)
def _no_page_kept_ready():
    """The database goes back to where it was; what the process keeps must go with it."""
    yield
    for kept in (contact.on, visit_pages.ready, visitor._kept, serving._songs):
        kept.cache_clear()


@pytest.fixture
def user_in():
    """A user of a role: `user_in(Role.COMMUNICATIONS)`."""

    def make(role: Role, **fields):
        user = factories.UserFactory(**fields)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def staff(user_in):
    return user_in(Role.COMMUNICATIONS, first_name="Sari", last_name="Wulandari")


@pytest.fixture
def other(user_in):
    """A second officer."""
    return user_in(Role.COMMUNICATIONS, first_name="Fikri")


@pytest.fixture
def desk(client, staff):
    """The browser of communications staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def seat(user_in):
    """A serving member with a log-in: `seat()`, `seat(name="Pak Mahmud")`."""

    def make(name="Pak Mahmud", **fields):
        user = user_in(Role.COUNCIL)
        return factories.CouncilMemberFactory(person__name=name, person__user=user, **fields)

    return make


@pytest.fixture
def elder(user_in):
    """A serving member of the council with a log-in."""
    return factories.CouncilMemberFactory(person__name="Pak Mahmud", person__user=user_in(Role.COUNCIL))


@pytest.fixture
def elders_browser(client, elder):
    client.force_login(elder.person.user)
    return client


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path, monkeypatch):
    """Every test writes its files in a folder of its own; the storages themselves live as long as the models."""
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "unggahan"
    uploads.folder()
    for name, folder in (("default", "default"), ("songs", "default"), ("private", "private")):
        monkeypatch.setitem(storages[name].__dict__, "location", str(tmp_path / folder))
    yield
    # A test that sets STORAGES leaves new storages behind, which the models never see.
    assert storages["private"] is Master._meta.get_field("file").storage


@pytest.fixture
def upload():
    """What a form hands over, on disk: `upload(content, name)`."""
    files = []

    def make(content: bytes, name: str = "lagu.wav") -> TemporaryUploadedFile:
        file = TemporaryUploadedFile(name, "audio/wav", len(content), None)
        file.write(content)
        file.flush()
        file.seek(0)
        files.append(file)
        return file

    yield make
    for file in files:
        file.close()


@pytest.fixture
def take(upload):
    """The upload of a three-second song: `take()`; another number is another file."""
    return lambda number=1: upload(sounds.song(number))
