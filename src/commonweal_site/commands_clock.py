"""The command on time limits: the last day in time, and every day that was counted or skipped."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commonweal.statute.clock import Clock

ABOUT = """\
  commonweal clock                      every time limit, with where it is said
  commonweal clock SCR-06 2022-12-12    a response that scrutiny asked for on that day

The day is the one that sets the limit going, or, for notice, the day of the meeting. The answer
is the last day in time, then each day on the way: counted, or skipped and why."""


def add(
    command: Callable[..., argparse.ArgumentParser],
    formats: Callable[..., None],
    day: Callable[[str], Any],
) -> None:
    """Add the command to the parser."""
    parser = command("clock", _clock, "count a time limit of the law, showing each day", ABOUT)
    parser.add_argument("rule", nargs="?", metavar="RULE", help="such as SCR-06")
    parser.add_argument("day", nargs="?", type=day, metavar="DATE", help="such as 2022-12-12")
    formats(parser, "text", "json")
    parser.set_defaults(without_record=True)


def _clock(args: argparse.Namespace) -> int:
    from commonweal.statute.clock import clock, clocks
    from commonweal_site.statute.time_limits import limit_as_data, working_as_data

    if args.rule is None:
        limits = clocks().values()
        return _say(
            args, [_line(each) for each in limits], [limit_as_data(each) for each in limits]
        )
    limit = clock(args.rule.upper())
    if args.day is None:
        return _say(args, _said(limit), limit_as_data(limit))
    working = limit.run(args.day)
    lines = [*_said(limit), "", *working.in_words().splitlines()]
    return _say(args, lines, working_as_data(limit, working))


def _line(limit: "Clock") -> str:
    return f"{limit.rule:12}{limit.title}: {limit.in_words()}"


def _said(limit: "Clock") -> list[str]:
    said = [
        f"{limit.rule}  {limit.title}",
        f"{limit.in_words()[:1].upper()}{limit.in_words()[1:]}.",
    ]
    return [*said, limit.cite, *filter(None, (limit.note, limit.extension))]


def _say(args: argparse.Namespace, lines: list[str], data: object) -> int:
    text = json.dumps(data, indent=2, ensure_ascii=False) if args.format == "json" else None
    sys.stdout.write(f"{text if text is not None else '\n'.join(lines)}\n")
    return 0
