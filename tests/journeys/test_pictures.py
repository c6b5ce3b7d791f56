"""Walks to every page that the guides show; UPDATE_PICTURES=1 takes their pictures anew."""

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.bench.server import ROOT
from tests.journeys import steps

pytestmark = pytest.mark.journey
GUIDES = ROOT / "docs" / "panduan"
PICTURES = GUIDES / "gambar"
LARGEST = 120_000  # bytes
FAULTY = b"kode,nama,jenis,sektor\nIZ-61,Izin Depot Air Minum,izin,Kesehatan\nIZ-62,Izin Salon,surat,Perdagangan\n"


def at(address: str) -> Callable[[Page], object]:
    return lambda page: page.goto(address)


def link(address: str, name: str | re.Pattern[str]) -> Callable[[Page], object]:
    def walk(page: Page) -> None:
        page.goto(address)
        page.get_by_role("link", name=name).first.click()

    return walk


def scan(page: Page) -> None:
    page.goto("/")
    page.locator("main a[href^='/q/']:not([href='/q/'])").first.click()


def needs(page: Page) -> None:
    scan(page)
    page.get_by_role("heading", name="Yang perlu disiapkan").evaluate("words => words.scrollIntoView()")


def lyric(page: Page) -> None:
    steps.find_senjang(page, "Badagang Tenang, Ade NIB")
    steps.section(page, "pembuka").evaluate("part => part.scrollIntoView()")


def actions(page: Page) -> None:
    steps.find_senjang(page, "Negak Umah Ade PBG")
    page.wait_for_timeout(500)
    page.locator("footer button[aria-expanded], .footer button[aria-expanded]").last.click()


def schedule(page: Page) -> None:
    steps.find_senjang(page, "Kemplang Ibu Ade Nomonye")
    page.wait_for_timeout(500)
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.get_by_role("button", name="Atur jadwal").first.click()


def check_file(page: Page) -> None:
    page.goto("/admin/impor-layanan/")
    page.set_input_files("input[type=file]", {"name": "layanan.csv", "mimeType": "text/csv", "buffer": FAULTY})
    page.get_by_role("button", name="Periksa berkas").click()


def read(page: Page) -> None:
    steps.open_submission(page, "Mubil Trayek Ade Kartunye")


def decide(page: Page) -> None:
    read(page)
    steps.turn_to_the_verdict(page)
    page.locator("#putusan").evaluate("part => part.scrollIntoView()")


def confirm(page: Page) -> None:
    read(page)
    steps.turn_to_the_verdict(page)
    page.get_by_role("button", name="Setuju seluruhnya").click()


def read_sheet(page: Page) -> None:
    link("/admin/adat/pengajuan/", "Gudang Getah")(page)
    page.get_by_role("link", name="Catat isi lembar").click()
    page.locator(".sitting-scan img").wait_for()


def role(page: Page) -> None:
    page.goto("/admin/users/new/")
    page.get_by_role("tab").last.click()


def on_time(screen: str) -> Callable[[Page], object]:
    def walk(page: Page) -> None:
        link("/admin/rekaman/", "Badagang Tenang")(page)
        page.locator(f"main a[href$='{screen}']").click()

    return walk


class Picture(NamedTuple):
    name: str
    user: str
    walk: Callable[[Page], object]
    sign: str  # words that the page shows, or the guide would be wrong
    phone: bool = False


STAFF = "komunikasi"
SHOWN = [
    Picture("beranda", "", at("/"), "Dengar dulu"),
    Picture("pengunjung", "", scan, "Putar", phone=True),
    Picture("syarat", "", needs, "Syarat", phone=True),
    Picture("dasbor", STAFF, at("/admin/"), "Apa yang perlu saya kerjakan hari ini?"),
    Picture("kampanye", STAFF, link("/admin/kampanye/", "Kuyung Seko dan Kupek Ayu"), "Tujuan"),
    Picture("fakta", STAFF, at("/admin/fakta/catat/"), "Berlaku mulai"),
    Picture("impor", STAFF, check_file, "jenis"),
    Picture("senjang", STAFF, at("/admin/senjang/"), "Diminta perbaikan"),
    Picture("lirik", STAFF, lyric, "Lirik"),
    Picture("ajukan", STAFF, actions, "Ajukan ke Lembaga Adat"),
    Picture("pengajuan", STAFF, link("/admin/adat/pengajuan/", "Mubil Trayek"), "Tautan untuk anggota tanpa akun"),
    Picture("lembar-sidang", "komunikasi2", read_sheet, "Catat bacaan saya"),
    Picture("jadwal", STAFF, schedule, "Simpan jadwal"),
    Picture("unggah", STAFF, at("/admin/rekaman/unggah/"), "Berkas suara"),
    Picture("rekaman", STAFF, link("/admin/rekaman/", "Badagang Tenang"), "Berkas untuk web, radio dan CD"),
    Picture("waktu-lirik", STAFF, on_time("waktu-lirik/"), "Unduh"),
    Picture("garis-waktu", STAFF, on_time("garis-waktu/"), "Usulkan otomatis"),
    Picture("kode", STAFF, link("/admin/kode/?q=loket", re.compile(r"^[0-9A-Z]{6}")), "Unduh SVG"),
    Picture("leaflet", STAFF, at("/admin/leaflet/"), "Buka PDF"),
    Picture("pindaian", STAFF, at("/admin/reports/pindaian/"), "Didengar 30 detik"),
    Picture("adat", "adat2", at("/adat/"), "Menunggu putusan Anda", phone=True),
    Picture("adat-baca", "adat2", read, "Pembuka", phone=True),
    Picture("adat-putusan", "adat2", decide, "Putusan Anda", phone=True),
    Picture("adat-periksa", "adat2", confirm, "Periksa putusan Anda", phone=True),
    Picture("cakram", STAFF, link("/admin/cakram/", "Kuyung Seko dan Kupek Ayu Bersenjang"), "Lagu"),
    Picture("siaran", "radio", at("/siaran/"), "Siap disiarkan", phone=True),
    Picture("loket", "loket", at("/layanan/?q=apotek"), "Cari layanan", phone=True),
    Picture("loket-layanan", "loket", link("/layanan/?q=apotek", "Izin Apotek"), "Persyaratan", phone=True),
    Picture("pimpinan", "pimpinan", at("/admin/"), "Tujuh hari terakhir"),
    Picture("cakupan", "pimpinan", at("/admin/reports/cakupan/"), "Cakupan promosi layanan"),
    Picture("pengguna", "admin", role, "Staf komunikasi"),
    Picture("kantor", "admin", at("/admin/settings/office/officesettings/"), "Kepala surat"),
    Picture("anggota", "admin", at("/admin/adat/anggota/"), "Anggota Lembaga Adat"),
]


@pytest.fixture(scope="module")
def page_of(open_as: Callable[..., Page]) -> Callable[[str, bool], Page]:
    """One page a person: each logs in once, after the demo's songs have become files."""
    pages: dict[tuple[str, bool], Page] = {(STAFF, False): open_as(STAFF)}
    wait_for_files(pages[STAFF, False])

    def page_of(user: str, phone: bool) -> Page:
        if (user, phone) not in pages:
            pages[user, phone] = open_as(user, phone=phone)
        return pages[user, phone]

    return page_of


def wait_for_files(page: Page) -> None:
    for _ in range(120):
        page.goto("/admin/rekaman/")
        if not page.get_by_text(re.compile("sedang dibuat|menunggu giliran", re.IGNORECASE)).count():
            return
        page.wait_for_timeout(1000)
    pytest.fail("The demo's recordings are still being made.")


def small(screenshot: bytes) -> bytes:
    """The picture in as many colours as keep it light."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    for colours in (128, 64, 32, 16):
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST:
            break
    return out.getvalue()


@pytest.mark.parametrize("shown", SHOWN, ids=lambda picture: picture.name)
def test_the_guides_show_what_is_there(page_of, tmp_path, shown):
    page = page_of(shown.user, shown.phone)

    shown.walk(page)

    expect(page.get_by_text(shown.sign).locator("visible=true").first).to_be_visible()
    page.wait_for_timeout(400)  # menus slide
    folder = PICTURES if os.environ.get("UPDATE_PICTURES") == "1" else tmp_path
    folder.mkdir(exist_ok=True)
    (folder / f"{shown.name}.png").write_bytes(small(page.screenshot()))


def named_in(page: Path) -> set[str]:
    return set(re.findall(r"gambar/([\w-]+)\.png", page.read_text()))


def test_every_picture_is_shown_and_every_shown_picture_is_there():
    named = set().union(*(named_in(page) for page in [ROOT / "README.md", *GUIDES.glob("*.md")]))
    taken = {file.stem for file in PICTURES.glob("*.png")}

    assert named == taken == {picture.name for picture in SHOWN}
    assert [file.name for file in PICTURES.glob("*.png") if file.stat().st_size >= LARGEST] == []
