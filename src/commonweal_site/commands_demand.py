"""The commands on demand: run a scenario, set two side by side, explain one."""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from commonweal.demand.futures import Outlook, Run
    from commonweal.demand.scenario import Scenario
    from commonweal_site.demand.reading import Held

from .demand import commands_flow, commands_inputs

type _Command = Callable[..., argparse.ArgumentParser]

ABOUT = """\
  run SCENARIO             what is to come, by area, type and year: the mean of all futures, and
                           the range in which eight of ten lie
  compare SCENARIO OTHER   the last year of two scenarios, future by future
  explain SCENARIO         why activity changes, part by part, with every assumption and its source
  assumptions SCENARIO     every assumption by its word, its unit and how far it may go
  inputs --from --to       published files made into the inputs of a projection

  commonweal demand run do-nothing --draws 1000 --seed 7
  commonweal demand compare do-nothing care-nearer-home --format json
  commonweal demand explain care-nearer-home --type emergency-bed-days
  commonweal demand run care-nearer-home --with home-as-soon-as-fit=0%,20%
  commonweal demand assumptions exampleshire/scenario/care-nearer-home

SCENARIO is one that ships (do-nothing, care-nearer-home), a YAML file, or the identifier of one on
record. --with changes one assumption, by its word, to a number or to LOW,HIGH. It may be written as
people say it, in per cent, or as it is kept, and is said back as both:

  growth                   2% a year more           or 1.02 times the year before
  a change in care         20% less                 or 0.8 of what it acts on that remains
  health, a base year      40%, 102%                or 0.4, 1.02
  a waiting list           so many more a year in each area, never per cent

What a source on record does not state is given by --base, --horizon, --variant and --share (20% or
0.2). Without --inputs it is
run on Exampleshire, which is invented. The same seed gives the same figures, whatever the number of
workers. What is missing is told on its own and leaves its figures empty: it is never nought. A run
that is stopped with Ctrl-C writes nothing."""


def add(
    command: _Command,
    formats: Callable[..., None],
    when: Callable[[argparse.ArgumentParser], None],
    snapshot: Callable[[argparse.Namespace], Any],
) -> None:
    """Add the command `demand` and what it can do."""
    about = f"{ABOUT}\n\n{commands_flow.ABOUT}"
    parser = command("demand", lambda _: 0, "project demand, and follow queues", about)
    does = parser.add_subparsers(dest="demand", metavar="WHAT", required=True)

    def make(name: str, run: Callable[..., int], about: str, *forms: str) -> Any:
        made = does.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        made.add_argument(
            "scenario", metavar="SCENARIO", help="one that ships, a YAML file, or an identifier"
        )
        made.add_argument(
            "--inputs", type=Path, metavar="FOLDER",
            help="folder with inputs.yaml, people and rates (default: Exampleshire, invented)",
        )  # fmt: skip
        _changing(made)
        when(made)
        formats(made, *forms)
        made.set_defaults(run=run, without_record=True, snapshot=snapshot)
        return made

    _drawing(make("run", _run, "what is to come, by area, type and year", "csv", "json"))
    compare = make("compare", _compare, "two scenarios in their last year", "csv", "json")
    compare.add_argument("other", metavar="OTHER", help="the scenario beside it")
    _drawing(compare)
    commands_inputs.add(does)
    commands_flow.add(does, formats)
    make("assumptions", _assumptions, "every assumption by its word", "text", "csv", "json")
    explain = make("explain", _explain, "why activity changes, part by part", "text", "json")
    explain.add_argument("--type", metavar="T", help="a type of activity (default: the first)")
    explain.add_argument("--area", metavar="A", help="an area (default: the first)")


def _drawing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--draws", type=int, default=1_000, metavar="N", help="futures (1000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="a whole number (1)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="areas at once (1)")
    parser.add_argument("--progress", action="store_true", help="say each area as it is done")


def _changing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with", dest="changes", action="append", default=[], metavar="A=LOW,HIGH",
        help="one assumption changed, to a range or a number, such as 2%% or 1.02 (may be given "
        "again; `demand assumptions` names them)",
    )  # fmt: skip
    parser.add_argument(
        "--share", dest="shares", action="append", default=[], metavar="A=SHARE",
        help="of the activity, the share on which an assumption acts, such as 20%% or 0.2",
    )  # fmt: skip
    parser.add_argument("--base", type=int, metavar="Y", help="base year, where none is recorded")
    parser.add_argument("--horizon", type=int, metavar="Y", help="last year, where none is")
    parser.add_argument("--variant", metavar="V", help="population projection, where none is")
    parser.add_argument(
        "--dir", type=Path, metavar="D", default=argparse.SUPPRESS, help="folder of the record"
    )


class _Asked(NamedTuple):
    """What is to be run; `said` tells each thing that was changed, with its unit."""

    scenario: "Scenario"
    held: "Held"
    said: tuple[str, ...]


def _asked(args: argparse.Namespace, named: str | None = None) -> _Asked:
    from commonweal.record.identifiers import ID_PATTERN
    from commonweal_site.demand import reading

    held = reading.held(args.inputs or reading.SHIPPED)
    name = named or args.scenario
    if ID_PATTERN.fullmatch(name) and not Path(name).is_file():
        made = _recorded(args, name)
        if args.inputs is None and not name.startswith("exampleshire/"):
            sys.stderr.write(_ON_EXAMPLESHIRE)
    else:
        made = reading.scenario(name)
    said = list[str]()
    for altered, changes in (
        (reading.with_range, args.changes), (reading.with_share, args.shares),
    ):  # fmt: skip
        for change in changes:
            made, sentence = altered(made, change)
            said.append(sentence)
    return _Asked(made, held, tuple(said))


_ON_EXAMPLESHIRE = """\
This is run on the people of Exampleshire, which is invented: name your own with --inputs.
"""


def _recorded(args: argparse.Namespace, name: str) -> "Scenario":
    """A scenario of the record, which is opened for it."""
    from commonweal.demand.recorded import Given, scenario

    variants = {args.variant: 1.0} if args.variant else {}
    given = Given(base=args.base, horizon=args.horizon, variants=variants)
    return scenario(args.snapshot(args), name, given)


def _how(args: argparse.Namespace) -> "Run":
    from commonweal.demand.errors import CannotProject
    from commonweal.demand.futures import Run

    if args.workers < 1:
        raise CannotProject([f"{args.workers} workers can do nothing: ask for 1 or more."])
    code = f"commonweal {version('commonweal')}"
    return Run(seed=args.seed, draws=args.draws, workers=args.workers, code=code)


def _projected(asked: _Asked, args: argparse.Namespace, *, kept: Iterable[str] = ()) -> "Outlook":
    from commonweal.demand.errors import Stopped
    from commonweal.demand.futures import project

    sheet, inputs = asked.held
    reached = [0, len(inputs.rates.areas)]

    def done(area: str, number: int, of: int) -> None:
        reached[:] = number, of
        if args.progress:
            _progress(area, number, of)

    try:
        return project(
            inputs, asked.scenario, _how(args), groups=sheet.groups, kept=tuple(kept), done=done
        )
    except KeyboardInterrupt:
        raise Stopped(*reached) from None


def _progress(area: str, number: int, of: int) -> None:
    sys.stderr.write(f"{number} of {of} areas: {area}\n")


def _run(args: argparse.Namespace) -> int:
    from commonweal.demand.telling import told

    asked = _asked(args)
    outlook = _projected(asked, args)
    rows = [each._asdict() for each in told(outlook)]
    return _written(args, rows, [outlook], asked)


def _compare(args: argparse.Namespace) -> int:
    from commonweal.demand.telling import beside

    asked = _asked(args)
    names = [*asked.held.inputs.rates.areas, *asked.held.sheet.groups]
    one = _projected(asked, args, kept=names)
    second = _asked(args, args.other)
    other = _projected(second, args, kept=names)
    rows = [each._asdict() for each in beside(one, other, names)]
    said = tuple(dict.fromkeys((*asked.said, *second.said)))
    return _written(args, rows, [one, other], asked._replace(said=said))


def _written(
    args: argparse.Namespace, rows: list[dict[str, Any]], runs: list["Outlook"], asked: _Asked
) -> int:
    """Rows with all that is needed to make them again; what is missing, on the side."""
    missing = dict.fromkeys(said for each in runs for said in each.missing)
    sys.stderr.writelines(f"{sentence}\n" for sentence in (*asked.said, *missing))
    if args.format == "json":
        whole = {
            "invented": asked.held.sheet.invented,
            "changed": list(asked.said),
            "runs": [asdict(each.provenance) for each in runs],
            "missing": [list(each.missing) for each in runs],
            "futures": rows,
        }
        sys.stdout.write(f"{json.dumps(whole, indent=2, ensure_ascii=False)}\n")
        return 0
    made = runs[0].provenance
    names, assumed = (
        " | ".join(getattr(each.provenance, what) for each in runs)
        for what in ("scenario", "assumptions")
    )
    said = asdict(made) | {"scenario": names, "assumptions": assumed}
    writer = csv.DictWriter(sys.stdout, [*rows[0], *said], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | said for row in rows)
    return 0


def _explain(args: argparse.Namespace) -> int:
    from commonweal.demand.waterfall import waterfall

    scenario, (sheet, inputs), said = _asked(args)
    area, kind = args.area or inputs.rates.areas[0], args.type or inputs.rates.names[0]
    made = waterfall(inputs, scenario, area, kind).whole()
    if args.format == "json":
        told = asdict(made) | {"area": area, "type": kind, "invented": sheet.invented}
        told["changed"] = said
        sys.stdout.write(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n")
        return 0
    head = f"{scenario.name}: {kind}, {area}" + (" (invented)" if sheet.invented else "")
    lines = [
        (f"{scenario.base}", f"{made.start:,.0f}"),
        *((part.name, f"{part.amount:+,.0f}") for part in made.parts),
        (f"{scenario.horizon}, expected", f"{made.end:,.0f}"),
    ]
    wide = max(len(name) for name, _ in lines)
    sys.stdout.write(f"{head}\n\n")
    sys.stdout.writelines(f"  {name:{wide}}  {amount:>12}\n" for name, amount in lines)
    sys.stderr.writelines(f"{sentence}\n" for sentence in said)
    sys.stdout.write("\nWhat is assumed, and who says so:\n")
    for it in _rows(scenario):
        agreed = f"; agreed by {it['agreed_by']}" if it["agreed_by"] else ""
        sys.stdout.write(
            f"  {it['name']} ({it['assumption']}): {it['now']}. {it['source']}{agreed}\n"
        )
    return 0


def _assumptions(args: argparse.Namespace) -> int:
    """What can be changed, each by its word, with its units and how far it may go."""
    asked = _asked(args)
    rows = _rows(asked.scenario)
    if args.format == "json":
        told = {
            "scenario": asked.scenario.name, "invented": asked.held.sheet.invented,
            "changed": asked.said, "assumptions": rows,
        }  # fmt: skip
        sys.stdout.write(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n")
    elif args.format == "csv":
        writer = csv.DictWriter(sys.stdout, list(_HEADS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        for it in rows:
            acts = f"on {it['share']} of {it['acts_on']}" if it["share"] else it["acts_on"]
            acts += f", only in {it['areas']}" if it["areas"] != _EVERYWHERE else ""
            sys.stdout.write(
                f"{it['assumption']}\n"
                f"  {it['name']}: {it['does']}{f', {acts}' if acts else ''}\n"
                f"  now {it['now']}, kept as {it['kept']} ({it['unit']})\n"
                f"  may go {it['may_go']}\n"
            )
    return 0


_EVERYWHERE = "everywhere"
_HEADS = "assumption name does acts_on share areas now kept unit may_go agreed_by source".split()


def _rows(scenario: "Scenario") -> list[dict[str, Any]]:
    from commonweal.demand import scales
    from commonweal.demand.changing import assumed
    from commonweal.demand.facts import UNITS
    from commonweal.demand.scenario import area_word
    from commonweal.record.wording import listed

    return [
        {
            "assumption": it.handle, "name": it.name, "does": it.does,
            "acts_on": listed(it.types),
            "share": scales.share_in_words(it.share) if it.does in scales.CARE else "",
            "areas": listed(area_word(area) for area in it.areas) or _EVERYWHERE,
            "now": scales.in_words(it.does, it.stated), "kept": scales.as_kept(it.stated),
            "unit": UNITS[it.does], "may_go": scales.scale(it).bounds,
            "agreed_by": it.agreed_by, "source": it.source,
        }
        for it in assumed(scenario)
    ]  # fmt: skip
