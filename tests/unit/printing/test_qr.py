"""Codes are drawn here and read back by another program."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from fairdesk.printing.qr import QUIET_MODULES, matrix, svg
from tests.unit.printing.test_token import TOKEN

LINK = f"HTTPS://FAIR.EXAMPLE.CN/B/{TOKEN}"
NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}


def drawn(modules: list[list[bool]], scale: int = 4, quiet: int = QUIET_MODULES) -> Image.Image:
    size = len(modules) + 2 * quiet
    image = Image.new("L", (size, size), 255)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + quiet, y + quiet), 0)
    return image.resize((size * scale, size * scale), Image.Resampling.NEAREST)


def read(image: Image.Image) -> str:
    (found,) = zxingcpp.read_barcodes(image)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return str(found.text)


def painted(markup: str) -> list[list[bool]]:
    """The modules an SVG's path covers, quiet zone and all."""
    root = ElementTree.fromstring(markup)
    size = int(root.attrib["viewBox"].split()[2])
    path = root.find("svg:path", NAMESPACE)
    assert path is not None
    modules = [[False] * size for _ in range(size)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path.attrib["d"]):
        for at in range(int(x), int(x) + int(run)):
            assert not modules[int(y)][at]
            modules[int(y)][at] = True
    return modules


@pytest.mark.parametrize(
    "text",
    [LINK, TOKEN, "https://fair.example.cn/b/x?y=z", "/booth?fair=hall&booth=B07", "翠竹街道", "1"],
    ids=["link", "token", "mixed", "path", "Chinese", "short"],
)
def test_code_is_read_back(text: str) -> None:
    assert read(drawn(matrix(text))) == text


def test_link_of_a_badge_fits_a_code_a_cheap_camera_reads() -> None:
    """49 modules is version 8: letters and digits only, so that a symbol holds two of them."""
    assert len(matrix(LINK)) <= 49
    assert len(matrix(LINK)) < len(matrix(LINK.lower()))


def test_link_of_a_badge_is_read_when_turned_small_or_stained() -> None:
    image = drawn(matrix(LINK))
    assert read(image.rotate(90, expand=True)) == LINK
    assert read(image.resize((image.width // 2, image.height // 2))) == LINK
    stained = image.copy()
    stained.paste(
        255, (image.width // 2, image.height // 2, image.width // 2 + 40, image.height // 2 + 30)
    )
    assert read(stained) == LINK


def test_svg_paints_the_modules_and_a_quiet_zone() -> None:
    modules, picture = matrix(LINK), painted(svg(LINK))
    inner = [row[QUIET_MODULES:-QUIET_MODULES] for row in picture[QUIET_MODULES:-QUIET_MODULES]]
    assert inner == modules
    assert sum(map(sum, picture)) == sum(map(sum, modules))
    assert read(drawn(picture, quiet=0)) == LINK


def test_svg_holds_nothing_of_the_text() -> None:
    assert "<script" not in svg("<script>alert(1)</script>")
    assert TOKEN not in svg(TOKEN)
