"""A sitting of three: one member reads on a phone by a link, one at a desk with a log-in, one decides on paper."""

from io import BytesIO
from secrets import token_hex

import pypdfium2
import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.journey
TITLE, LICENCE = f"Serumpun Seiye {token_hex(2)}", "Izin Usaha Toko Modern"
BY_LINK, BY_LOGIN, ON_PAPER = "Hj. Rohana Contoh", "H. Mahmud Contoh", "Abdul Karim Contoh"
WHY = "Baris ketiga pembuka belum pas, tolong dihaluskan."


@pytest.fixture(scope="module")
def staff(open_as) -> Page:
    return open_as("komunikasi")


@pytest.fixture(scope="module", autouse=True)
def _three_must_agree(open_as) -> None:
    admin = open_as("admin")
    admin.goto("/admin/settings/media_assets/councilrule/")
    admin.fill("#id_quorum", "3")
    admin.get_by_role("button", name="Simpan").last.click()
    expect(admin.locator(".messages .success")).to_be_visible()


def test_three_members_bring_a_text_past_a_return_to_its_approval_sheet(staff, open_as):
    elder, second, phone = open_as("adat1"), open_as("komunikasi2"), open_as(phone=True, java_script_enabled=False)
    steps.write_senjang(staff, TITLE, LICENCE, "Zainal Arifin Contoh")
    steps.in_action_menu(staff, "Ajukan ke Lembaga Adat")
    steps.send_back(elder, TITLE, WHY)
    steps.find_senjang(staff, TITLE)
    steps.reword(staff, "pembuka", "Salam kami sepantun lagu", "Salam kami selagu-lagu")
    steps.in_action_menu(staff, "Ajukan ke Lembaga Adat")

    phone.goto(link_for(staff, BY_LINK))
    expect(phone.get_by_text(WHY).first).to_be_visible()
    steps.say_yes(phone)
    steps.open_submission(elder, TITLE)
    steps.turn_to_the_verdict(elder)
    steps.say_yes(elder)
    open_submission(staff, TITLE)
    expect(staff.get_by_role("link", name="lewat WhatsApp")).to_have_text([f"Ingatkan {ON_PAPER} lewat WhatsApp"])

    staff.get_by_role("button", name="Buat lembar sidang (PDF)").click()
    assert "Abdul Karim Contoh" in words_of(staff, "Lembar sidang (PDF)")
    read_sheet(staff, scan=True)
    read_sheet(second, scan=False)
    expect(second.get_by_text("Kedua bacaan sama. Putusan anggota sudah dicatat.")).to_be_visible()

    open_submission(staff, TITLE)
    staff.get_by_role("button", name="Buat lembar persetujuan (PDF)").click()
    open_submission(staff, TITLE)
    sheet = words_of(staff, "Lembar persetujuan (PDF)")
    assert [words in sheet for words in (TITLE, BY_LINK, BY_LOGIN, ON_PAPER)] == [True, True, True, True]


def open_submission(officer: Page, title: str) -> None:
    officer.goto("/admin/adat/pengajuan/")
    officer.get_by_role("link", name=title, exact=True).first.click()  # the newest stands first


def link_for(officer: Page, member: str) -> str:
    open_submission(officer, TITLE)
    officer.locator("select[name=member]").select_option(label=member)
    officer.get_by_role("button", name="Buat tautan").click()
    return officer.get_by_label("Alamat").input_value()


def words_of(officer: Page, paper: str) -> str:
    """What the paper behind this link says, all pages."""
    open_submission(officer, TITLE)
    answer = officer.request.get(officer.get_by_role("link", name=paper).get_attribute("href"))
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.body()))


def read_sheet(officer: Page, *, scan: bool) -> None:
    """One officer says what the signed sheet says; the first of them brings its picture."""
    open_submission(officer, TITLE)
    officer.get_by_role("link", name="Catat isi lembar").click()
    if scan:
        picture = BytesIO()
        Image.new("RGB", (600, 850), "white").save(picture, "PNG")
        file = {"name": "lembar.png", "mimeType": "image/png", "buffer": picture.getvalue()}
        officer.set_input_files("input[name=scan]", file)
    officer.get_by_label("Hari sidang").fill(timezone.localdate().isoformat())
    officer.get_by_label("Tempat").fill("Balai adat Sekayu")
    for member, mark in ((ON_PAPER, "Setuju seluruhnya"), (BY_LINK, "Tidak hadir"), (BY_LOGIN, "Tidak hadir")):
        officer.locator(".sitting-member").filter(has_text=member).get_by_label(mark).check()
    officer.get_by_role("button", name="Catat bacaan saya").click()
