"""The first story, end to end: written, approved, recorded, printed, scanned, heard, counted."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import random
from secrets import token_hex

import imageio_ffmpeg
import pytest
from playwright.sync_api import Page, expect

from tests.bench.server import ROOT
from tests.journeys import steps

pytestmark = pytest.mark.journey
TITLE, LICENCE = f"Dagang Tenang {token_hex(2)}", "Izin Usaha Toko Modern"
SONG = ROOT / "cms" / "demo" / "audio"


@pytest.fixture(scope="module")
def staff(open_as: Callable[..., Page]) -> Page:
    return open_as("komunikasi")


@pytest.fixture(scope="module")
def take(tmp_path_factory) -> Path:
    """A take that no demo holds yet: twelve seconds of a song, from a place of its own, as FLAC."""
    path = tmp_path_factory.mktemp("take") / "Rekaman balai adat.flac"
    source = next(SONG.glob("*.opus"))
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-ss",
        f"{20 + random():.4f}",
        "-t",
        "12",
        "-i",
        str(source),
        str(path),
    ]
    subprocess.run(command, check=True)
    return path


def test_a_song_goes_from_the_desk_past_the_council_to_a_phone(staff, open_as, take):
    steps.write_senjang(staff, TITLE, LICENCE, "Zainal Arifin Contoh")
    steps.in_action_menu(staff, "Ajukan ke Lembaga Adat")
    expect(staff.get_by_text(re.compile("diajukan ke Lembaga Adat|sedang dibaca", re.IGNORECASE)).first).to_be_visible()

    elder = open_as("adat1", phone=True)
    steps.send_back(elder, TITLE, "Baris ketiga pembuka belum pas, tolong dihaluskan.")
    steps.find_senjang(staff, TITLE)
    expect(staff.get_by_text("Baris ketiga pembuka belum pas").first).to_be_visible()
    steps.reword(staff, "pembuka", "Salam kami sepantun lagu", "Salam kami selagu-lagu")
    steps.in_action_menu(staff, "Ajukan ke Lembaga Adat")
    steps.agree(elder, TITLE)

    steps.find_senjang(staff, TITLE)
    steps.in_action_menu(staff, "Terbitkan")
    expect(staff.get_by_text(re.compile("diterbitkan")).first).to_be_visible()
    steps.upload_recording(staff, TITLE, "Rekaman balai adat", take)
    expect(staff.locator(".rekaman-files").get_by_text("siap")).to_have_count(5, timeout=90_000)

    code = steps.place_code(staff, "Meja loket Sekayu", TITLE, LICENCE)
    for kind, starts in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with staff.expect_download() as download:
            staff.get_by_role("link", name=kind).first.click()
        assert starts in download.value.path().read_bytes()[:200]

    phone = open_as(phone=True)
    phone.goto(f"/q/{code.lower()}")
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()
    phone.locator("button.play").click()
    steps.hear(phone, seconds=1)
    phone.get_by_label("Hemat").check()
    steps.hear(phone, seconds=2)
    for part in ("Pembuka", "Isi", "Penutup"):
        phone.get_by_role("tab", name=part).click()
        expect(phone.get_by_role("tabpanel", name=part)).to_be_visible()
    needs = phone.get_by_role("link", name=LICENCE).locator("xpath=ancestor::*[self::article or self::section][1]")
    expect(needs.get_by_text("Waktu")).to_be_visible()
    expect(needs.get_by_text("Biaya")).to_be_visible()

    staff.reload()
    expect(staff.locator("main").get_by_text(re.compile(r"1 pindaian|Pindaian")).first).to_be_visible()
    staff.goto(f"/admin/kode/?q={code}")
    row = staff.locator("tbody tr").filter(has_text=code)
    assert row.locator("td").all_inner_texts()[-2:] == ["1", "1"]


def test_what_is_typed_while_the_editor_still_opens_is_saved(open_as):
    page = open_as("komunikasi2")
    steps.write_senjang(page, f"Pagi Buta {token_hex(2)}", LICENCE, "Zainal Arifin Contoh")
    steps.in_action_menu(page, "Simpan draf")
    address = page.url

    page.goto(address, wait_until="domcontentloaded")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url == address):
        steps.section(page, "pembuka").locator("textarea").first.fill("Diketik sebelum halaman siap")
    page.goto(address)

    expect(steps.section(page, "pembuka").locator("textarea").first).to_have_value("Diketik sebelum halaman siap")


def test_the_parts_are_tabs_by_finger_key_and_address(open_as):
    page = open_as(phone=True)
    page.goto("/")
    page.locator("main a[href^='/q/']:not([href='/q/'])").first.click()

    def shown() -> list[str]:
        return page.locator(".part:visible").evaluate_all("all => all.map(part => part.id)")

    seen = [shown()]
    page.get_by_role("tab", name="Isi").click()
    seen.append(shown())
    page.keyboard.press("ArrowRight")
    seen.append(shown())
    page.keyboard.press("Home")
    seen.append(shown())
    page.goto(f"{page.url.partition('#')[0]}#isi")
    page.reload()
    seen.append(shown())

    assert seen == [["pembuka"], ["isi"], ["penutup"], ["pembuka"], ["isi"]]
    expect(page.get_by_role("tab", name="Isi")).to_be_in_viewport()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Isi")
    page.emulate_media(media="print")
    assert shown() == ["pembuka", "isi", "penutup"]


def test_a_visitor_without_scripts_hears_and_reads_the_same(open_as):
    page = open_as(phone=True, java_script_enabled=False)
    page.goto("/")

    page.locator("main a[href^='/q/']:not([href='/q/'])").first.click()

    expect(page.locator("audio")).to_be_visible()
    assert page.locator("audio").get_attribute("preload") == "none"
    for part in ("Pembuka", "Isi", "Penutup"):
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()
    expect(page.get_by_text("Biaya").first).to_be_visible()
