"""QR codes as SVG, made from the matrix."""

from __future__ import annotations

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_MODULES = 4


def matrix(text: str) -> list[list[bool]]:
    """The modules of the smallest code that holds `text`, True for dark, without a quiet zone.

    The mask is fixed: trying all eight costs most of the time and reads no better.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=2)
    # optimize=0: one segment, in the most compact mode the whole text allows.
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def svg(text: str) -> str:
    """A square SVG of one path, a unit a module, with its quiet zone."""
    modules = matrix(text)
    size = len(modules) + 2 * QUIET_MODULES
    path = []
    for y, row in enumerate(modules, start=QUIET_MODULES):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                path.append(f"M{x + QUIET_MODULES} {y}h{run - x}v1h-{run - x}z")
            x = run + 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{"".join(path)}" fill="#000"/></svg>'
    )
