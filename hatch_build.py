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
    "config.toml": "fairdesk",
    "printer_templates/*.toml": "fairdesk/printer_templates",
    "docs/sample/*.xlsx": "fairdesk/sample_lists",
    "docs/sample/*.csv": "fairdesk/sample_lists",
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
        for pattern, target in DATA.items():
            for source in root.glob(pattern):
                build_data["force_include"][str(source)] = f"{target}/{source.name}"
