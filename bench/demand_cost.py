"""How the cost of futures grows with draws and with areas: `python -m bench.demand_cost`.

Measures processor time, which a busy machine stretches little, and draws docs/demand-cost.svg with
the line through nought and the largest measure: on it, twice as many cost twice as much.
"""

import sys
from html import escape
from pathlib import Path

from bench.demand import BOARDS, load, scenario
from bench.rows import watch
from commonweal.demand.futures import Run, project

PICTURE = Path(__file__).resolve().parent.parent / "docs/demand-cost.svg"
DRAWS, AREAS = (125, 250, 500, 1_000, 2_000), (5, 10, 21, 42)
WIDE, HIGH, LEFT, FOOT, TOP = 340, 210, 52, 44, 30  # in pixels: a panel, and its edges


def measured():
    """Seconds by draws for 42 boards, and by boards for 1,000 draws; 13 types, 20 years."""
    inputs, asked = load(), scenario()

    def seconds(draws, areas):
        run = Run(seed=1, code="bench", draws=draws)
        with watch() as taken:
            project(inputs, asked, run, areas=BOARDS[:areas], groups={"All": BOARDS[:areas]})
        return taken.processor

    seconds(50, 2)  # the first run of a process pays for what later ones find ready
    return (
        [(draws, seconds(draws, len(BOARDS))) for draws in DRAWS],
        [(areas, seconds(1_000, areas)) for areas in AREAS],
    )


def picture(by_draws, by_areas):
    """Both as dots beside the line on which cost grows with size."""
    panels = (
        ("42 boards: draws", by_draws, 0),
        ("1,000 draws: boards", by_areas, WIDE + LEFT),
    )
    drawn = "\n".join(_panel(title, dots, at) for title, dots, at in panels)
    said = "; ".join(
        f"{title}: " + ", ".join(f"{size:,} {taken:.2f} s" for size, taken in dots)
        for title, dots, _ in panels
    )
    whole = 2 * (WIDE + LEFT)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {HIGH + FOOT + TOP}" '
        f'role="img" font-family="sans-serif" font-size="12">\n'
        f"<title>The cost of futures grows in step with draws and with areas</title>\n"
        f"<desc>Processor time. {escape(said)}.</desc>\n{drawn}\n</svg>\n"
    )


def _panel(title, dots, at):
    size, most = dots[-1][0], max(taken for _, taken in dots)
    left, foot = at + LEFT, TOP + HIGH

    def across(number):
        return left + number / size * (WIDE - 24)

    def up(taken):
        return foot - taken / most * (HIGH - 12)

    marks = [
        f'<path d="M{left} {TOP}V{foot}H{left + WIDE - 12}" fill="none" stroke="#4c6272"/>',
        (
            f'<line x1="{left}" y1="{foot}" x2="{across(size):.0f}" y2="{up(dots[-1][1]):.0f}" '
            'stroke="#4c6272" stroke-dasharray="4 3"/>'
        ),
        f'<text x="{left}" y="18" font-weight="bold">{escape(title)}</text>',
        f'<text x="{left - 6}" y="{up(most) + 4:.0f}" text-anchor="end">{most:.1f} s</text>',
        f'<text x="{left - 6}" y="{foot}" text-anchor="end">0</text>',
    ]
    for number, taken in dots:
        marks.append(
            f'<circle cx="{across(number):.0f}" cy="{up(taken):.0f}" r="4" fill="#005eb8"/>'
        )
    for number, _ in dots[-3:]:
        marks.append(
            f'<text x="{across(number):.0f}" y="{foot + 18}" text-anchor="middle">{number:,}</text>'
        )
    return "\n".join(marks)


def main():
    by_draws, by_areas = measured()
    PICTURE.write_text(picture(by_draws, by_areas), encoding="utf-8")
    for size, taken in (*by_draws, *by_areas):
        print(f"{size:>6,}  {taken:6.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
