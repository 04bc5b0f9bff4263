"""The commands that try a reorganisation on paper, and count how tangled a system is."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonweal.record.errors import SpeakingError, did_you_mean
from commonweal.record.when import day_in_words
from commonweal_site.words import count

if TYPE_CHECKING:
    from commonweal.assurance.drill import Drill, Lost
    from commonweal.assurance.homes import HomesPlan
    from commonweal.record.snapshot import Snapshot

ABOUT = """\
  merge BODY BODY... --on DATE   two or more bodies become one
  split BODY --on DATE           one becomes several
  abolish BODY... --on DATE      it ends, and nothing follows

Lists each function, delegation, fund, agreement, promise, plan, milestone, request, risk and
whatever else names a body that ends, or a post or seat of it, and what happens to it if nobody
acts: it passes by law, it passes if a scheme names it, it lapses, it needs a new holder, or it
ends. Committees end with their last parent. Nothing is written.

  commonweal drill merge norfolk-and-waveney/body/icb suffolk-and-north-east-essex/body/icb \\
      --on 2026-04-01

Where the change is on record, what has a home after it is told from what has none.
Exit code 1 when anything is without a home.

A plan of homes is a text with a line for each of them, to be filled in and carried out:
  drill merge A B --into NEW --on DATE --plan FILE   write it; NEW may be on record or not
  drill --plan FILE --check                          what is still homeless or impossible
  drill --plan FILE --apply --by WHO --because WHY   write it to the record, all or nothing"""

ABOUT_COMPLEXITY = """\
  commonweal complexity exampleshire --as-at 2026-12-01
  commonweal complexity exampleshire --without exampleshire/body/joint-scrutiny
  commonweal complexity hampshire-and-isle-of-wight --before 2022-06-30 --after 2022-07-01

For each function: who (how many have a part in it), over (pairs that overlap: they may act on it
in the same area), and on (how often one hands it on to another). Bodies named with --without
become one; one alone ends. It is counted from powers and delegations on record, so a thin record
looks simpler than the system is."""


class NoSuchSystem(SpeakingError):
    """A system that is not on record."""


_FEWEST = {"merge": 2, "split": 1, "abolish": 1}

ACTOR = "drill"
"""Who a plan is recorded as carried out by, before the name that was given."""


def add(
    command: Callable[..., argparse.ArgumentParser],
    formats: Callable[..., None],
    day: Callable[[str], Any],
    snapshot: "Callable[[argparse.Namespace], Snapshot]",
) -> None:
    """Add the commands to the parser."""
    parser = command(
        "drill", lambda args: _drill(args, snapshot), "try a merger on paper: what loses its home",
        ABOUT,
    )  # fmt: skip
    parser.add_argument("how", nargs="?", choices=tuple(_FEWEST), help="what becomes of the bodies")
    parser.add_argument("bodies", nargs="*", metavar="BODY", help="who ends")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day of the change")
    _plan_arguments(parser)
    formats(parser, "text", "json")
    parser.set_defaults(known=None)
    tangled = command(
        "complexity", lambda args: _complexity(args, snapshot),
        "count bodies, overlaps and hand-offs of each function", ABOUT_COMPLEXITY,
    )  # fmt: skip
    tangled.add_argument("system", metavar="SYSTEM", help="such as exampleshire")
    tangled.add_argument("--as-at", type=day, metavar="DATE", help="the day; today if not given")
    tangled.add_argument("--without", nargs="+", metavar="BODY", default=[], help="who ends")
    tangled.add_argument("--before", type=day, metavar="DATE", help="the day, as --as-at")
    tangled.add_argument("--after", type=day, metavar="DATE", help="a day to set beside it")
    formats(tangled, "text", "json")
    tangled.set_defaults(known=None)


def _plan_arguments(parser: argparse.ArgumentParser) -> None:
    named = "such as exampleshire/body/icb"
    parser.add_argument("--into", nargs="+", metavar="BODY", default=[], help="who takes over")
    parser.add_argument("--name", metavar="NAME", help="what a new body is called")
    parser.add_argument(
        "--keep", nargs="+", metavar="BODY", default=[],
        help=f"committees, posts and seats that are carried over, {named}",
    )  # fmt: skip
    parser.add_argument("--plan", type=Path, metavar="FILE", help="the plan of homes")
    parser.add_argument("--check", action="store_true", help="say what the plan still lacks")
    parser.add_argument("--apply", action="store_true", help="carry the plan out")
    parser.add_argument("--by", metavar="WHO", help="who carries it out, for the log")
    parser.add_argument("--because", metavar="WHY", help="why, for the log")


def _complexity(
    args: argparse.Namespace, snapshot: "Callable[[argparse.Namespace], Snapshot]"
) -> int:
    from commonweal.assurance.complexity import in_a_sentence, merged
    from commonweal_site.assurance.tangled import Compared, as_data, counted
    from commonweal_site.authority.asking import found

    args.as_at = args.before or args.as_at
    on = snapshot(args)
    if args.system not in on.systems:
        raise NoSuchSystem(
            f"No system {args.system} is on record. {did_you_mean(args.system, on.systems)}"
        )
    bodies = tuple(dict.fromkeys(found(on, each, "body") for each in args.without))
    changed = merged(bodies) if bodies else None
    compared = Compared(counted(on, args.system))
    if changed or args.after:
        then = on.on(args.after) if args.after else on
        title = f"On {day_in_words(then.as_at)}" if args.after else "After the change"
        compared = Compared(compared.now, counted(then, args.system, changed), title)
    now, after = compared.now.tangle, compared.after.tangle if compared.after else None
    if args.format == "json":
        data = as_data(on, args.system, compared)
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
        return 0
    sys.stdout.write(f"{in_a_sentence(now)}\n\n{'who':>4} {'over':>4} {'on':>4}\n")
    for each in now.tangles:
        parts = f"{len(each.who):>4} {each.overlaps:>4} {each.hand_offs:>4}"
        sys.stdout.write(f"{parts}  {on.name(each.function)}\n")
    if after:
        sys.stdout.write(f"{compared.title}: {in_a_sentence(after)}\n")
    return 0


def _drill(args: argparse.Namespace, snapshot: "Callable[[argparse.Namespace], Snapshot]") -> int:
    from commonweal.assurance.drill import CannotDrill, drill, homes
    from commonweal_site.assurance.drilled import as_data
    from commonweal_site.authority.asking import found

    if args.plan and args.how is None:
        return _planned(args, snapshot)
    if args.how is None or args.on is None or not args.bodies:
        raise CannotDrill("Say merge, split or abolish, which bodies, and --on which day.")
    args.as_at = args.on - timedelta(1)
    before = snapshot(args)
    bodies = tuple(dict.fromkeys(found(before, each, "body") for each in args.bodies))
    if len(bodies) < _FEWEST[args.how]:
        raise CannotDrill(f"A merger is of two bodies or more, and this is of {len(bodies)}.")
    after = before.on(args.on)
    tried = drill(before, bodies, args.on, kept=args.keep, after=after)
    if args.plan:
        return _write_plan(args, before, tried)
    housed = homes(tried, after)
    if args.format == "json":
        data = {"how": args.how, **as_data(before, tried, housed)}
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(before, tried, housed))
    return int(len(housed) < len(tried.wanting))


def _write_plan(args: argparse.Namespace, before: "Snapshot", tried: "Drill") -> int:
    from commonweal.assurance.drill import CannotDrill
    from commonweal.assurance.homes import NOT_DECIDED, planned, written

    if args.plan.exists():
        raise CannotDrill(f"{args.plan} is there already. Name another, so that nothing is lost.")
    plan = planned(before, tried, args.how, args.into, args.name or NOT_DECIDED)
    args.plan.write_text(written(plan, before), encoding="utf-8")
    undecided = sum(each.heir == NOT_DECIDED for each in plan.homes)
    _say(f"Wrote {args.plan}: {count(len(plan.homes), 'line')}, {undecided} not decided.")
    _say(f"Fill it in, then: commonweal drill --plan {args.plan} --check")
    return 0


def _planned(args: argparse.Namespace, snapshot: "Callable[[argparse.Namespace], Snapshot]") -> int:
    """Check a plan of homes, or carry it out."""
    from commonweal.assurance.drill import CannotDrill
    from commonweal.assurance.homes import read, summed_up
    from commonweal.assurance.settling import tried_out

    if not args.plan.is_file():
        raise CannotDrill(f"There is no file {args.plan}.")
    plan = read(args.plan.read_text(encoding="utf-8"))
    if args.apply:
        return _apply(args, plan)
    args.as_at = plan.on - timedelta(1)
    wrong = tried_out(plan, snapshot(args))
    if args.format == "json":
        rows = [each._asdict() for each in wrong]
        _say(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for each in wrong:
            _say(f"{each.type.capitalize()}: {each.because}")
        _say(summed_up(wrong))
    return int(any(each.type != "needed" for each in wrong))


def _apply(args: argparse.Namespace, plan: "HomesPlan") -> int:
    from commonweal.assurance.drill import CannotDrill
    from commonweal_site.assurance.settled import carry_out
    from commonweal_site.record.book import Book

    if not args.by or not args.because:
        raise CannotDrill("Say who carries it out and why, for the log: --by WHO --because WHY.")
    done = carry_out(Book(), plan, actor=f"{ACTOR}:{args.by}", reason=args.because)
    _say(f"{count(len(done.entries), 'entry')} written, for {day_in_words(plan.on)}.")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _lines(before: "Snapshot", tried: "Drill", housed: "dict[Lost, str]") -> Iterator[str]:
    from commonweal.assurance.drill import in_numbers

    names = ", ".join(map(before.name, tried.asked))
    yield f"If {names} ended on {day_in_words(tried.on)}: {in_numbers(tried)}"
    if tried.with_them:
        yield f"With them end {', '.join(map(before.name, tried.with_them))}."
    if tried.offices:
        yield f"With them end {count(len(tried.offices), 'post or seat', 'posts and seats')}."
    for fate, items in tried.by_fate().items():
        law = f" ({items[0].rule.law})" if items[0].rule.law else ""
        yield f"\n{fate[:1].upper()}{fate[1:]}{law}: {count(len(items), 'fact')}"
        yield f"  {items[0].rule.says}"
        yield from dict.fromkeys(_line(each, housed) for each in items)
    left = len(tried.wanting) - len(housed)
    yield f"\n{count(len(tried.lost), 'fact')}; {left:,} without a home on record from that day."


def _line(each: "Lost", housed: "dict[Lost, str]") -> str:
    home = f" -> {housed[each]}" if each in housed else ""
    return f"  {each.kind:16} {each.name}{home}"
