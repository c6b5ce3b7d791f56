"""The one table: which role may do what. Groups are made from it after every migration."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.office.models import Role

ADMIN = "wagtailadmin.access_admin"
CODES = ("campaigns.view_code", "campaigns.add_code", "campaigns.change_code")
SCANS = ("campaigns.view_scan",)
READ_CONSENTS = ("performers.view_consent",)
CONSENTS = (*READ_CONSENTS, "performers.add_consent")
PEOPLE = ("performers.view_person", "performers.add_person", "performers.change_person")
FACTS = ("campaigns.view_licencefact", "campaigns.add_licencefact", "campaigns.import_licences")
RECORDINGS = (
    "media_assets.view_recording",
    "media_assets.add_recording",
    "media_assets.change_recording",
    "media_assets.view_master",
)
DISCS = (
    "media_assets.view_disc",
    "media_assets.add_disc",
    "media_assets.change_disc",
    "media_assets.view_discedition",
    "media_assets.add_discedition",
)
SEE_SEATS = "media_assets.view_councilmember"
COUNCIL_SEATS = ("media_assets.add_councilmember", "media_assets.change_councilmember")
STATIONS = ("radio_schedule.view_station", "radio_schedule.add_station", "radio_schedule.change_station")
LYRICS = (
    "media_assets.submit_senjang",
    "media_assets.check_facts",
    "media_assets.withdraw_approval",
    "media_assets.add_formhintdismissal",
)
PAPER = ("media_assets.add_sheetreading",)
WORD_LIST = ("media_assets.view_word", "media_assets.add_word", "media_assets.change_word")
READ_REVIEW = ("media_assets.view_submission",)
TRAIL = ("office.view_trail",)

TABLE: dict[str, tuple[str, ...]] = {
    Role.ADMINISTRATOR: (
        ADMIN, *CODES, *SCANS, *PEOPLE, *CONSENTS, *FACTS, *RECORDINGS, *DISCS, *READ_REVIEW, *STATIONS,
        *TRAIL, SEE_SEATS, *COUNCIL_SEATS,
        *LYRICS, *PAPER, *WORD_LIST, "radio_schedule.download_broadcast",
        "office.change_officesettings", "media_assets.change_councilrule",
        "auth.add_user", "auth.change_user", "auth.delete_user",
    ),
    Role.COMMUNICATIONS: (
        ADMIN, *CODES, *SCANS, *PEOPLE, *CONSENTS, *FACTS, *RECORDINGS, *DISCS, SEE_SEATS, *READ_REVIEW, *STATIONS,
        *TRAIL, *LYRICS, *PAPER, *WORD_LIST, "radio_schedule.download_broadcast",
        "wagtailimages.add_image", "wagtailimages.change_image",
    ),
    Role.COUNCIL: ("media_assets.decide_senjang",),
    Role.RADIO: ("radio_schedule.download_broadcast",),
    Role.FRONT_DESK: (),
    Role.HEAD: (
        ADMIN, *SCANS, *READ_REVIEW, *READ_CONSENTS, *TRAIL, "campaigns.view_licencefact", "campaigns.view_code",
        "media_assets.view_recording", "media_assets.view_disc",
    ),
}  # fmt: skip
PAGE_WORK: dict[str, tuple[str, ...]] = {
    Role.ADMINISTRATOR: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    Role.COMMUNICATIONS: ("add_page", "change_page", "publish_page"),
}


def sync(**kwargs: Any) -> None:
    """Make the groups hold exactly what the table says; Wagtail's own two go, as long as nobody is in them."""
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()
    for role, names in TABLE.items():
        group, _made = Group.objects.get_or_create(name=role)
        wanted = [
            Permission.objects.get(content_type__app_label=n.split(".")[0], codename=n.split(".")[1]) for n in names
        ]
        group.permissions.set(wanted)
    root = Page.objects.filter(depth=1).first()
    for role, actions in PAGE_WORK.items():
        group = Group.objects.get(name=role)
        GroupPagePermission.objects.filter(group=group).exclude(permission__codename__in=actions).delete()
        for action in actions:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=action)
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    _share_images()


def _share_images() -> None:
    collection = Collection.get_first_root_node()
    for role in PAGE_WORK:
        for action in ("add_image", "change_image", "choose_image"):
            permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=action)
            GroupCollectionPermission.objects.get_or_create(
                group=Group.objects.get(name=role), collection=collection, permission=permission
            )
