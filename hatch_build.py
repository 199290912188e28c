"""Builds the pages where they are missing, and puts them into the wheel as fairdesk/ui."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # served from kiosk_ui/dist as it is
        pages = Path(self.root, "kiosk_ui")
        if not (pages / "dist").exists():
            subprocess.run(["npm", "ci"], cwd=pages, check=True)
            subprocess.run(["npm", "run", "build"], cwd=pages, check=True)
        build_data["force_include"][str(pages / "dist")] = "fairdesk/ui"
