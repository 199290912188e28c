"""`fairdesk`, and `python -m fairdesk`."""

from __future__ import annotations

from fairdesk.cli import main

if __name__ == "__main__":
    main()
