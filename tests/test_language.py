"""The interface speaks Indonesian: our strings have English beside them, Wagtail's have Indonesian."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

from campaigns.models import CampaignIndexPage, LicenceIndexPage
from cms.office.models import OfficeSettings, Role
from media_assets.models import SenjangIndexPage, SenjangPage
from tests import catalogue, factories

CLASS = re.compile(r"\{% block body_class %\}.*?\{% endblock %\}")
BRACED = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
TAGS = re.compile(r"<(script|style|svg).*?</\1>|<!--.*?-->|<[^>]*>|&\w+;", re.DOTALL)
NAMES = {
    "LUFS",
    "ISRC",
    "dBFS",
    "dBTP",
    "Bersenjang",
    "WhatsApp",
    "WIB",
    "QR",
    "SVG",
    "PNG",
    "PDF",
    "CSV",
    "XLSX",
    "Opus",
    "MP",
    "WAV",
    "OSS",
    "KBLI",
    "SHA",
}


def test_every_string_of_ours_has_english():
    english = catalogue.read("en")

    missing = {message for message, context in catalogue.our_messages() if not translated(english, message, context)}

    assert missing == set(), "Run: python -m tests.catalogue, then fill in cms/locale/en"


def translated(english, message, context) -> bool:
    found = english.get(message if isinstance(message, str) else message[0], context)
    return bool(found and found.string and (isinstance(found.string, str) or all(found.string)))


def test_no_words_stand_untranslatable_in_a_template():
    bare = {}
    for path in catalogue.sources():
        if path.suffix == ".html":
            text = CLASS.sub(
                " ", re.sub(r"\{% blocktrans.*?\{% endblocktrans\w* %\}", " ", path.read_text(), flags=re.DOTALL)
            )
            outside = BRACED.sub(" ", text)
            words = set(re.findall(r"[A-Za-zÀ-ÿ]+", TAGS.sub(" ", outside))) - NAMES
            if long := {word for word in words if len(word) > 2}:
                bare[path.name] = long

    assert bare == {}


@pytest.mark.parametrize(("language", "domain"), [("en", "django"), ("id", "django"), ("id", "djangojs")])
def test_the_compiled_catalogue_is_that_of_the_source(language, domain):
    stored = (catalogue.LOCALE / language / "LC_MESSAGES" / f"{domain}.mo").read_bytes()

    assert stored == catalogue.compiled(catalogue.read(language, domain)), "Run: python -m tests.catalogue"


@pytest.mark.parametrize(
    "path", sorted(catalogue.LOCALE.glob("*/LC_MESSAGES/*.po")), ids=lambda p: f"{p.parts[-3]}-{p.stem}"
)
def test_a_translation_keeps_the_placeholders_of_its_source(path):
    wrong = []
    for message in catalogue.read(path.parts[-3], path.stem):
        if message.id and message.string:
            for text in [message.string] if isinstance(message.string, str) else message.string:
                sources = [message.id] if isinstance(message.id, str) else message.id
                if text and placeholders(text) not in [placeholders(source) for source in sources]:
                    wrong.append((message.id, text))

    assert wrong == []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))


@pytest.fixture
def untranslated(monkeypatch) -> set[str]:
    """Collects every msgid that is asked for and has no Indonesian, while it is being asked for."""
    missed: set[str] = set()
    ours = {m if isinstance(m, str) else m[0] for m, _context in catalogue.our_messages()}
    known = trans_real.translation("id")._catalog

    def spy(name: str, source: Callable[..., str], key_of: Callable[..., str]) -> None:
        real = getattr(trans_real, name)

        def ask(*args):
            answer = real(*args)
            text = str(source(*args))
            worded = translation.get_language() == "id" and re.search("[A-Za-z]{2}", text) and text not in ours
            if worded and str(answer) == text and key_of(*args) not in known:
                missed.add(text)
            return answer

        monkeypatch.setattr(translation._trans, name, ask, raising=False)

    def by_number(one: str, many: str, number: int) -> str:
        return one if number == 1 else many

    spy("gettext", lambda message: message, lambda message: message)
    spy("ngettext", by_number, lambda *args: "")
    spy("pgettext", lambda context, message: message, lambda context, message: f"{context}\x04{message}")
    spy("npgettext", lambda context, *args: by_number(*args), lambda *args: "")
    return missed


def pages() -> list[str]:
    """The admin pages that staff meet every day."""
    draft = factories.SenjangPageFactory()
    live = factories.SenjangPageFactory(published=True)
    licence = factories.LicencePageFactory()
    campaign = factories.CampaignPageFactory()
    parent = SenjangIndexPage.objects.get().pk
    edit = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (draft, live, licence, campaign)]
    office = OfficeSettings.load()
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[parent]),
        reverse("wagtailadmin_explore", args=[LicenceIndexPage.objects.get().pk]),
        reverse("wagtailadmin_explore", args=[CampaignIndexPage.objects.get().pk]),
        reverse("wagtailadmin_pages:add", args=["media_assets", SenjangPage._meta.model_name, parent]),
        *edit,
        reverse("wagtailadmin_pages:history", args=[live.pk]),
        reverse("wagtailadmin_pages:workflow_history", args=[live.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[live.pk]),
        reverse("wagtailadmin_pages:delete", args=[draft.pk]),
        reverse("wagtailadmin_pages:copy", args=[draft.pk]),
        reverse("wagtailadmin_pages:move", args=[draft.pk]),
        reverse("wagtailadmin_pages:search") + "?q=senjang",
        reverse("wagtailadmin_account"),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailsettings:edit", args=["office", "officesettings", office.pk]),
    ]


@pytest.mark.django_db
def test_the_admin_pages_that_staff_meet_daily_have_no_english(client, user_in, untranslated):
    client.force_login(user_in(Role.ADMINISTRATOR, is_superuser=True))

    answers = {address: client.get(address).status_code for address in pages()}

    assert set(answers.values()) == {200}, answers
    assert untranslated == set()


@pytest.mark.django_db
def test_the_scripts_of_the_admin_speak_indonesian_too(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))

    words = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()

    assert '"Duplicate": "Gandakan"' in words


def test_a_bare_word_in_a_template_would_be_seen():
    assert templatize("{% translate 'Kirim' %}").strip().startswith("gettext")
