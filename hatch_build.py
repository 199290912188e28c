"""Builds the pages where they are missing, and puts them into the wheel as fairdesk/ui.

Beside them goes what a server without a work tree needs: the settings with what each means, the
label templates and the sample lists.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = {
    "config.toml": "fairdesk/config.toml",
    "printer_templates": "fairdesk/printer_templates",
    "docs/sample": "fairdesk/sample",
}


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # served from the work tree as it is
        root = Path(self.root)
        pages = root / "kiosk_ui"
        if not (pages / "dist").exists():
            subprocess.run(["npm", "ci", "--include=dev"], cwd=pages, check=True)
            subprocess.run(["npm", "run", "build"], cwd=pages, check=True)
        build_data["force_include"][str(pages / "dist")] = "fairdesk/ui"
        for source, target in DATA.items():
            if (root / source).exists():
                build_data["force_include"][str(root / source)] = target
