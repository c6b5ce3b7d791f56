"""What people do in the browser, in their words; the story and the screenshots are made of these."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

LYRIC = {
    "pembuka": (
        [
            "Pagi-pagi ke Pasar Sekayu",
            "Beli ikan di tepi tangge",
            "Salam kami sepantun lagu",
            "Mohon izin bekisah mege",
        ],
        ["Pagi-pagi ke Pasar Sekayu", "Membeli ikan di tangga", "Salam kami lewat lagu", "Mohon izin bercerita"],
    ),
    "isi": (
        [
            "Perahu kecik belabuh siang",
            "Muat kelape dari seberang",
            "Dagang baizin hati pun tenang",
            "Urus di loket idak beutang",
        ],
        ["Perahu kecil berlabuh siang", "Memuat kelapa", "Berdagang berizin hati tenang", "Urus di loket tanpa biaya"],
    ),
    "penutup": (
        [
            "Burung punai hinggap di dahan",
            "Tebang beduo ke tepi laman",
            "Kalu ado salah ucapan",
            "Maafke kami, kami bejalan",
        ],
        ["Burung punai di dahan", "Terbang berdua ke halaman", "Kalau ada salah ucapan", "Maafkan kami, kami pamit"],
    ),
}


def section(page: Page, name: str) -> Locator:
    return page.locator(f"[id$='{name}-section']").first


def wait_for_autosave(page: Page) -> None:
    """The editor saves by itself; leaving while it does would ask whether to stay."""
    page.wait_for_timeout(1500)
    expect(page.get_by_text("Menyimpan…").locator("visible=true")).to_have_count(0)


def choose_page(page: Page, part: Locator, title: str) -> None:
    part.get_by_role("button", name=re.compile("^Pilih")).last.click()
    pick_in_chooser(page, title)
    expect(part.get_by_text(title).last).to_be_visible()


def pick_in_chooser(page: Page, title: str) -> None:
    dialog = page.locator(".modal.in, [role=dialog]:visible").last
    dialog.get_by_role("textbox").first.fill(title)
    dialog.get_by_role("link", name=title, exact=True).first.click()
    expect(dialog).to_be_hidden()


def write_senjang(page: Page, title: str, licence: str, author: str) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Senjang", exact=True).first.click()
    page.get_by_role("link", name=re.compile("Tambah|Buat|Baru")).first.click()
    page.fill("#id_title", title)
    page.select_option("#id_irama", label="Sekayu")
    for part, (text, gloss) in LYRIC.items():
        block = section(page, part)
        block.locator("button.c-sf-add-button").last.click()
        block.locator("textarea").nth(0).fill("\n".join(text))
        block.locator("textarea").nth(1).fill("\n".join(gloss))
    page.click("#id_credits-ADD")
    page.locator("select[name$='-person']").last.select_option(label=author)
    page.click("#id_licence_links-ADD")
    choose_page(page, page.locator("#id_licence_links-FORMS"), licence)
    wait_for_autosave(page)


def in_action_menu(page: Page, words: str) -> None:
    """Press a button of the editor's foot, opening its menu where it is folded away."""
    button = page.get_by_role("button", name=words, exact=False).last
    if not button.is_visible():
        page.locator("footer button[aria-expanded], .footer button[aria-expanded]").last.click()
    button.click()


def upload_recording(page: Page, senjang: str, label: str, file: Path) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Rekaman", exact=True).first.click()
    page.get_by_role("link", name=re.compile("Unggah")).first.click()
    page.select_option("select[name=senjang]", label=senjang)
    page.fill("input[name=label]", label)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Unggah").click()


def find_senjang(page: Page, title: str) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Senjang", exact=True).first.click()
    page.get_by_role("link", name=title, exact=True).first.click()


def reword(page: Page, part: str, before: str, after: str) -> None:
    area = section(page, part).locator("textarea").first
    area.fill(area.input_value().replace(before, after))
    wait_for_autosave(page)


def open_submission(page: Page, title: str) -> None:
    page.goto("/adat/")
    page.get_by_role("link", name=title, exact=True).first.click()


def turn_to_the_verdict(page: Page) -> None:
    """On a phone it is a screen of its own."""
    page.locator(".reading-steps").get_by_text("Putusan").click()


def send_back(page: Page, title: str, reason: str) -> None:
    open_submission(page, title)
    turn_to_the_verdict(page)
    page.locator("summary").get_by_text("Minta perbaikan").click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill(reason)
    page.get_by_role("button", name="Minta perbaikan").click()
    page.get_by_role("button", name="Ya, catat putusan saya").click()
    expect(page.get_by_text(reason).first).to_be_visible()


def agree(page: Page, title: str) -> None:
    """With the last vote that was needed."""
    open_submission(page, title)
    turn_to_the_verdict(page)
    say_yes(page)
    expect(page.get_by_text(re.compile("disetujui", re.IGNORECASE)).first).to_be_visible()


def say_yes(page: Page) -> None:
    """To the whole text that is open."""
    page.get_by_role("button", name="Setuju seluruhnya").click()
    page.get_by_role("button", name="Ya, catat putusan saya").click()
    expect(page.get_by_role("button", name="Ya, catat putusan saya")).to_have_count(0)


def place_code(page: Page, label: str, senjang: str, licence: str) -> str:
    """The new code's six characters."""
    page.goto("/admin/")
    page.get_by_role("link", name="Kode QR", exact=True).first.click()
    page.get_by_role("link", name=re.compile("Tempatkan|Tambah|Buat")).first.click()
    page.fill("input[name=label]", label)
    page.get_by_role("button", name=re.compile("^Pilih")).first.click()
    pick_in_chooser(page, senjang)
    page.get_by_label(licence).first.check()
    page.select_option("select[name=kecamatan]", label="Sekayu")
    page.get_by_role("button", name="Tempatkan").last.click()
    page.wait_for_url(re.compile("/kode/.*inspect|/inspect/"))
    return re.search(r"[0-9A-Z]{6}(?=/$)", page.url)[0]


def hear(page: Page, seconds: float) -> None:
    """Until the song has played so far; asked from outside, since the page's policy forbids evaluating strings."""
    for _ in range(60):
        if page.evaluate("document.querySelector('audio').currentTime") > seconds:
            return
        page.wait_for_timeout(250)
    raise AssertionError("the song does not play")
