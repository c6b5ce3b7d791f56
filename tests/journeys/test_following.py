"""Lines are tapped while the take plays, edges are moved by keyboard, and the visitor's page lights what is sung."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
SONG = "/senjang/ubat-beno-apotek-baizin/"
SUNG = "p[aria-current=true]"


def recording(page: Page, title: str) -> str:
    page.goto("/admin/rekaman/")
    return page.locator(f"main td a:has-text('{title}')").first.get_attribute("href")


def play_at(page: Page, seconds: float) -> None:
    page.evaluate(
        "s => { const a = document.querySelector('audio'); a.muted = true; a.currentTime = s; return a.play(); }",
        seconds,
    )


def test_lines_are_tapped_by_space_and_button_nudged_and_taken_back(open_as):
    page = open_as("komunikasi", phone=True)
    page.goto(f"{recording(page, 'Badagang Tenang')}waktu-lirik/")
    times = page.locator("[data-line] input")
    page.get_by_role("button", name="Tandai mulai dari baris 1", exact=True).click()
    page.evaluate("document.activeElement.blur()")

    play_at(page, 5)
    page.wait_for_function("document.querySelector('audio').currentTime > 5.2")
    page.keyboard.press(" ")
    expect(page.locator("[data-count]")).to_have_text("Baris 2 dari 26")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Tandai baris ini sekarang").click()
    first, second = times.nth(0).input_value(), times.nth(1).input_value()
    assert "00:05.20" <= first < second < "00:09.00"

    page.get_by_role("button", name="Batalkan ketukan terakhir").click()
    expect(times.nth(1)).to_have_value("00:11.79")
    times.nth(0).fill("00:09.00")
    page.get_by_role("button", name="Baris 1 0,1 detik lebih lambat").click()
    expect(times.nth(0)).to_have_value("00:09.10")
    page.get_by_role("button", name="Simpan", exact=True).click()

    expect(page.get_by_text("Waktu lirik tersimpan.")).to_be_visible()
    expect(times.nth(0)).to_have_value("00:09.10")


def test_an_edge_is_moved_by_keyboard_and_finger_and_stops_at_its_neighbour(open_as):
    page = open_as("komunikasi")
    page.goto(f"{recording(page, 'Badagang Tenang')}garis-waktu/")
    ends = page.locator("[name=end]")
    edge = page.get_by_role("slider", name="Selesai 1, Musik")

    edge.focus()
    page.keyboard.press("ArrowLeft")
    expect(ends.nth(0)).to_have_value("00:08.45")
    page.keyboard.press("Shift+ArrowRight")
    expect(ends.nth(0)).to_have_value("00:09.00")
    box = edge.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] - 40, box["y"] + 60, steps=4)
    page.mouse.up()
    assert "00:03.00" < ends.nth(0).input_value() < "00:06.50"
    page.get_by_role("button", name="Simpan", exact=True).click()

    expect(page.get_by_text("Garis waktu tersimpan.")).to_be_visible()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_sung_line_is_lit_and_a_tap_takes_the_song_there(open_as, motion):
    page = open_as(phone=True, reduced_motion=motion)
    page.goto(SONG)
    now = "document.querySelector('audio').currentTime"
    page.get_by_role("button", name="Putar").click()

    play_at(page, 9.5)
    expect(page.locator("#pembuka").locator(SUNG)).to_have_count(1)
    line = page.locator("#pembuka [data-s]").nth(3)
    line.click()
    expect(line).to_have_attribute("aria-current", "true")
    page.get_by_role("tab", name="Isi").click()
    expect(page.locator("#isi [data-s]").first).to_have_attribute("aria-current", "true")
    assert page.evaluate(now) >= 33
    play_at(page, 27.5)  # music
    expect(page.locator(SUNG)).to_have_count(0)


def test_who_reads_along_is_taken_along_and_who_has_left_is_not(open_as):
    page = open_as(phone=True)
    page.goto(SONG)
    page.get_by_role("button", name="Putar").click()
    page.locator("#pembuka [data-s]").first.scroll_into_view_if_needed()

    play_at(page, 22.0)
    expect(page.locator("#pembuka").locator(SUNG)).to_have_count(1)
    page.locator(f"#pembuka {SUNG}").scroll_into_view_if_needed()
    play_at(page, 32.8)
    expect(page.locator("#isi")).to_be_visible()

    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(500)
    there = page.evaluate("scrollY")
    play_at(page, 41.3)
    page.wait_for_timeout(800)
    assert page.evaluate("scrollY") == there
