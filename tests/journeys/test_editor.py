"""The editor of a senjang stays open while it saves, and takes in nothing that it could not save."""

import re
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.journey
WAITING = "Mubil Trayek Ade Kartunye"
TITLE = f"Dua Baris {token_hex(2)}"
ADVICE = "Bait senjang enam baris atau lebih"


@pytest.fixture
def desk(open_as) -> Page:
    return open_as("komunikasi")


def test_while_the_council_reads_nothing_can_be_typed_and_links_lead_on(desk):
    steps.find_senjang(desk, WAITING)
    title, lyric = desk.locator("#id_title"), steps.section(desk, "pembuka").locator("textarea").first
    before = lyric.input_value()

    title.press("x")
    lyric.press("x")

    assert (title.input_value(), lyric.input_value()) == (WAITING, before)
    expect(title).to_have_attribute("title", re.compile("tarik kembali dulu pengajuannya"))
    for button in desk.locator("#id_credits-ADD, .c-sf-add-button").all():
        expect(button).to_be_disabled()
    expect(desk.get_by_role("button", name="Tarik kembali", exact=True)).to_be_enabled()
    desk.get_by_role("link", name="Lihat pengajuan").click()
    desk.wait_for_url("**/pengajuan/**")


def test_advice_comes_into_the_editor_of_a_new_senjang_with_its_first_save(desk):
    desk.goto("/admin/")
    desk.get_by_role("link", name="Senjang", exact=True).first.click()
    desk.get_by_role("link", name="Tambah").first.click()
    advice = desk.locator("#saran-bentuk")
    expect(advice).to_contain_text("begitu senjang ini tersimpan")

    desk.fill("#id_title", TITLE)
    block = steps.section(desk, "isi")
    block.locator("button.c-sf-add-button").last.click()
    block.locator("textarea").nth(0).fill("Ngurus izin\nidak lah saro")

    expect(advice).to_contain_text(ADVICE, timeout=20_000)
    expect(desk.locator("header h1")).to_contain_text(TITLE)
    steps.wait_for_autosave(desk)
