"""Plants the site's fixed pages (home, campaigns, services, senjang, about) where they are missing."""

from typing import Any

from django.conf import settings
from wagtail.models import Collection, Locale, Page, Site

from campaigns.models import CampaignIndexPage, LicenceIndexPage
from cms.models import ContentPage, HomePage
from media_assets.models import SenjangIndexPage

ABOUT = (
    "<p>Senjang adalah puisi bernyanyi dari Musi Banyuasin. Namanya menerangkan caranya: lagu dan musik tidak pernah "
    "bertemu. Selagi syair dinyanyikan, musik berhenti; selagi musik bermain, penyanyi diam.</p>"
    "<h2>Tiga bagian</h2><p>Setiap senjang dibuka dengan permisi dan salam (<b>pembuka</b>), menyampaikan pesannya "
    "(<b>isi</b>), lalu ditutup dengan mohon maaf dan pamit (<b>penutup</b>). Satu bait berisi enam, delapan atau "
    "sepuluh baris: separuh sampiran, separuh isi.</p>"
    "<h2>Mengapa untuk layanan izin</h2><p>Kuyung Seko dan Kupek Ayu mengajak warga mengenal layanan kantor lewat "
    "senjang. Setiap lirik dibaca dan disetujui Lembaga Adat sebelum tampil.</p>"
)


def plant(**kwargs: Any) -> None:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    if HomePage.objects.exists():
        return
    home = HomePage(title="Bersenjang", slug="beranda")
    root.add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Bersenjang")
    Page.objects.filter(depth=2, slug="home").exclude(pk=home.pk).delete()
    home.add_child(instance=CampaignIndexPage(title="Kampanye", slug="kampanye", show_in_menus=True))
    home.add_child(instance=LicenceIndexPage(title="Layanan", slug="layanan", show_in_menus=True))
    home.add_child(instance=SenjangIndexPage(title="Senjang", slug="senjang", show_in_menus=True))
    home.add_child(instance=ContentPage(title="Tentang senjang", slug="tentang", body=ABOUT, show_in_menus=True))
