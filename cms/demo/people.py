"""Who lives in the demo: accounts by role, council members, authors and singers. All names are invented."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from campaigns.models import Kecamatan
from cms.office.models import Role
from media_assets.models import CouncilMember
from performers.models import Person

PASSWORD = "bersenjang"  # noqa: S105  printed on the console; the demo keeps to loopback


@dataclass(frozen=True)
class Account:
    username: str
    role: Role
    name: str
    position: str = ""

    @property
    def is_superuser(self) -> bool:
        return self.role == Role.ADMINISTRATOR


ACCOUNTS = [
    Account("admin", Role.ADMINISTRATOR, "Sulaiman Contoh"),
    Account("komunikasi", Role.COMMUNICATIONS, "Ratna Dewi Contoh"),
    Account("komunikasi2", Role.COMMUNICATIONS, "Fikri Contoh"),
    Account("adat1", Role.COUNCIL, "H. Mahmud Contoh", "Anggota"),
    Account("adat2", Role.COUNCIL, "Hj. Rohana Contoh", "Anggota"),
    Account("adat3", Role.COUNCIL, "Abdul Karim Contoh", "Ketua"),
    Account("radio", Role.RADIO, "Yuni Contoh"),
    Account("loket", Role.FRONT_DESK, "Wahyu Contoh"),
    Account("pimpinan", Role.HEAD, "Hendra Contoh"),
]
ARTISTS = [
    ("Zainal Arifin Contoh", Person.Role.AUTHOR, "Sekayu"),
    ("Nurbaiti Contoh", Person.Role.AUTHOR, "Sanga Desa"),
    ("Kuyung Seko (Rangga Contoh)", Person.Role.SINGER, "Sekayu"),
    ("Kupek Ayu (Melati Contoh)", Person.Role.SINGER, "Babat Toman"),
    ("Sanggar Contoh Serasan", Person.Role.MUSICIAN, "Sekayu"),
    ("Intan Contoh", Person.Role.SINGER, "Sanga Desa"),
    ("Badri Contoh", Person.Role.SINGER, "Keluang"),
]


def load() -> dict[str, Any]:
    """All accounts by user name."""
    hashed = make_password(PASSWORD)  # one hash for all: it is slow on purpose, and no secret here
    users = {account.username: _open_account(account, hashed) for account in ACCOUNTS}
    for name, role, kecamatan in ARTISTS:
        Person.objects.create(name=name, role=role, kecamatan=Kecamatan.objects.get(name=kecamatan))
    return users


def _open_account(account: Account, hashed: str) -> Any:
    first, _blank, last = account.name.rpartition(" ")
    user = get_user_model().objects.create(
        username=account.username,
        email=f"{account.username}@contoh.example",
        password=hashed,
        first_name=first,
        last_name=last,
        is_superuser=account.is_superuser,
        is_staff=account.is_superuser,
    )
    user.groups.add(Group.objects.get(name=account.role))
    seat = account.role == Role.COUNCIL
    role = Person.Role.COUNCIL if seat else Person.Role.STAFF
    person = Person.objects.create(name=account.name, role=role, user=user)
    if seat:
        CouncilMember.objects.create(
            person=person,
            position=account.position,
            is_chair=account.position == "Ketua",
            since=timezone.localdate().replace(month=1, day=1),
        )
    return user
