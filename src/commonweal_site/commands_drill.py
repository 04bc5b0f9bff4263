"""The command that tries a reorganisation on paper."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from commonweal.assurance.drill import CannotDrill, Drill, Lost, drill, homes
from commonweal.record.snapshot import Snapshot
from commonweal.record.when import day_in_words
from commonweal_site.words import count

ABOUT = """\
  merge BODY BODY... --on DATE   two or more bodies become one
  split BODY --on DATE           one becomes several
  abolish BODY... --on DATE      it ends, and nothing follows

Lists each function, delegation, fund, agreement, promise, seat and meeting that names a body that
ends, and what happens to it if nobody acts: it passes by law, it passes if a scheme names it, it
lapses, it needs a new holder, or it ends. Committees end with their last parent. Nothing is
written.

  commonweal drill merge norfolk-and-waveney/body/icb suffolk-and-north-east-essex/body/icb \\
      --on 2026-04-01

Where the change is on record, what has a home after it is told from what has none.
Exit code 1 when anything is without a home."""

_FEWEST = {"merge": 2, "split": 1, "abolish": 1}


def add(
    command: Callable[..., argparse.ArgumentParser],
    formats: Callable[..., None],
    day: Callable[[str], Any],
    snapshot: Callable[[argparse.Namespace], Snapshot],
) -> None:
    """Add the command to the parser."""
    parser = command(
        "drill", lambda args: _drill(args, snapshot), "try a merger on paper: what loses its home",
        ABOUT,
    )  # fmt: skip
    parser.add_argument("how", choices=tuple(_FEWEST), help="what becomes of the bodies")
    parser.add_argument("bodies", nargs="+", metavar="BODY", help="who ends")
    parser.add_argument(
        "--on", type=day, required=True, metavar="DATE", help="the day of the change"
    )
    formats(parser, "text", "json")
    parser.set_defaults(known=None)


def _drill(args: argparse.Namespace, snapshot: Callable[[argparse.Namespace], Snapshot]) -> int:
    from commonweal_site.assurance.drilled import as_data
    from commonweal_site.authority.asking import found

    args.as_at = args.on - timedelta(1)
    before = snapshot(args)
    bodies = tuple(dict.fromkeys(found(before, each, "body") for each in args.bodies))
    if len(bodies) < _FEWEST[args.how]:
        raise CannotDrill(f"A merger is of two bodies or more, and this is of {len(bodies)}.")
    tried = drill(before, bodies, args.on)
    housed = homes(tried, before.on(args.on))
    if args.format == "json":
        data = {"how": args.how, **as_data(tried, housed)}
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(before, tried, housed))
    return int(len(housed) < len(tried.wanting))


def _lines(before: Snapshot, tried: Drill, housed: dict[Lost, str]) -> Iterator[str]:
    names = ", ".join(map(before.name, tried.asked))
    yield f"If {names} ended on {day_in_words(tried.on)}:"
    if tried.with_them:
        yield f"With them end {', '.join(map(before.name, tried.with_them))}."
    for fate, items in tried.by_fate().items():
        law = f" ({items[0].rule.law})" if items[0].rule.law else ""
        yield f"\n{fate[:1].upper()}{fate[1:]}{law}: {count(len(items), 'fact')}"
        yield f"  {items[0].rule.says}"
        yield from dict.fromkeys(_line(each, housed) for each in items)
    left = len(tried.wanting) - len(housed)
    yield f"\n{count(len(tried.lost), 'fact')}; {left:,} without a home on record from that day."


def _line(each: Lost, housed: dict[Lost, str]) -> str:
    home = f" -> {housed[each]}" if each in housed else ""
    return f"  {each.kind:16} {each.name}{home}"
