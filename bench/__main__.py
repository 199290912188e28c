"""All benchmarks: a table, and bench/results.json.

python -m bench [--quick] [checkin fanout latency growth]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import checkin, fanout, growth, latency
from bench.figure import Figure, show, write

PARTS = {"checkin": checkin, "fanout": fanout, "latency": latency, "growth": growth}
RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="in about a minute, less exact")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these parts")
    asked = parser.parse_args()
    figures: list[Figure] = []
    for name in asked.parts or PARTS:
        made = PARTS[name].measure(quick=asked.quick)
        show(made)
        figures += made
    if not asked.parts:
        write(figures, RESULTS)


if __name__ == "__main__":
    main()
