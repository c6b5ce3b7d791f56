"""A note typed on a phone whose connection drops is kept, comes back, and goes once the office has it."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.journey
TITLE = "Mubil Trayek Ade Kartunye"
WORDS = "Apakah semua sopir tahu kata ini?"


@pytest.fixture
def phone(open_as) -> Page:
    page = open_as("adat2", phone=True)
    steps.open_submission(page, TITLE)
    return page


def tap(page: Page, line: str) -> None:
    page.locator(".line:visible").get_by_text(line, exact=True).click()


def kept(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('bersenjang:')).length")


def test_a_note_outlives_a_dropped_connection(phone):
    tap(phone, "dimakan same nasi panas.")
    phone.get_by_label("Catatan Anda").fill(WORDS)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Kirim catatan").click()
    expect(phone.get_by_text("Sambungan terputus, jadi belum terkirim.")).to_be_visible()
    phone.context.set_offline(False)

    phone.reload()
    expect(phone.get_by_text("Tulisan Anda yang belum terkirim sudah dikembalikan.")).to_be_visible()
    expect(phone.get_by_label("Catatan Anda")).to_have_value(WORDS)
    phone.get_by_role("button", name="Kirim catatan").click()

    expect(phone.get_by_text("Catatan Anda tersimpan.")).to_be_visible()
    expect(phone.locator(".note").get_by_text(WORDS)).to_be_visible()
    assert kept(phone) == 0
    phone.get_by_role("button", name="Tarik catatan ini").locator("visible=true").first.click()
    expect(phone.get_by_text("Catatan Anda ditarik.")).to_be_visible()


def test_a_reason_outlives_it_too(phone):
    steps.turn_to_the_verdict(phone)
    phone.locator("summary").get_by_text("Minta perbaikan").click()
    phone.get_by_label("Apa yang perlu diperbaiki?").fill(WORDS)

    phone.reload()
    steps.turn_to_the_verdict(phone)

    expect(phone.get_by_label("Apa yang perlu diperbaiki?")).to_have_value(WORDS)
    phone.get_by_label("Apa yang perlu diperbaiki?").fill("")
    assert kept(phone) == 0


def test_without_scripts_a_lines_number_leads_to_its_form(open_as):
    page = open_as("adat2", phone=True, java_script_enabled=False)
    steps.open_submission(page, TITLE)

    page.get_by_role("link", name="Catat baris 3", exact=True).click()

    expect(page.get_by_text("dimakan same nasi panas.").first).to_be_visible()
    expect(page.get_by_label("Catatan Anda")).to_be_visible()
