"""The picture reads back, at the size it is printed."""

import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from campaigns import qr

ADDRESS = "HTTPS://BERSENJANG.EXAMPLE/Q/7K3F10"


def read(image: Image.Image) -> list[tuple[str, str]]:
    return [(found.text, found.ec_level) for found in zxingcpp.read_barcodes(image)]


def test_the_png_leads_to_the_capital_address_at_level_q():
    assert read(Image.open(BytesIO(qr.png("7K3F10")))) == [(ADDRESS, "Q")]


def test_the_capital_address_fits_the_small_alphanumeric_symbol():
    assert qr.side("7K3F10") == 29 + 2 * qr.QUIET


@pytest.mark.parametrize("mm", [20, 30, 150])
def test_the_png_is_fine_crisp_and_quiet(mm):
    image = Image.open(BytesIO(qr.png("7K3F10", mm=mm, dpi=300)))
    scale = image.width // qr.side("7K3F10")

    assert image.width * 25.4 / mm >= 300
    assert image.info["dpi"][0] == pytest.approx(image.width * 25.4 / mm, abs=0.1)
    assert image.width % qr.side("7K3F10") == 0
    frame = Image.new("1", image.size, 0)
    frame.paste(image.crop((4 * scale, 4 * scale, image.width - 4 * scale, image.height - 4 * scale)), (0, 0))
    assert image.crop((0, 0, image.width, 4 * scale)).getextrema() == (255, 255)
    assert image.crop((0, 0, 4 * scale, image.height)).getextrema() == (255, 255)


def test_the_svg_says_what_it_is_and_how_large():
    picture = ET.fromstring(qr.svg("7K3F10", mm=30, title='Loket & "meja"'))
    space = {"s": "http://www.w3.org/2000/svg"}

    assert (picture.get("width"), picture.get("height"), picture.get("viewBox")) == ("30mm", "30mm", "0 0 37 37")
    assert picture.findtext("s:title", namespaces=space) == 'Loket & "meja"'
    assert picture.findtext("s:desc", namespaces=space) == "Membuka https://bersenjang.example/q/7K3F10"
    assert len(picture.findall("s:path", space)) == 2


def test_the_svg_path_draws_the_same_symbol():
    side, scale = qr.side("7K3F10"), 6
    image = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(image)
    for run in qr.path("7K3F10").removesuffix("z").split("z"):
        start, _, width = run.removeprefix("M").partition("h")
        (x, y), width = map(int, start.split()), int(width.partition("v")[0])
        pen.rectangle((x * scale, y * scale, (x + width) * scale - 1, (y + 1) * scale - 1), fill=0)

    assert read(image) == [(ADDRESS, "Q")]
