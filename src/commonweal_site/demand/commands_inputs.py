"""The command that makes the inputs of a projection out of published files."""

import argparse
import sys
from pathlib import Path
from typing import Any

ABOUT = """\
Reads every table of a folder (CSV or Parquet) by its headings, whatever its name:

  people to come       subnational population projections of the Office for National Statistics,
                       or columns area, variant, year, age, female, male
  rates of care        columns area, type, age, female, male: activity per person a year
  counts of care       columns area, type, age (65-69, 90+), sex, count: divided by the people of
                       --base, they become rates
  elicited ranges, stays in hospital, beds, people who could leave: kept beside the inputs

  commonweal demand inputs --from downloads --to inputs --edition "2022-based, our extract"
  commonweal demand run do-nothing.yaml --inputs inputs

Any fault, and nothing is written: each is told by file, row, column and what stands there."""


def add(does: Any) -> None:
    """Add it to the command `demand`."""
    made = does.add_parser(
        "inputs", help="published files made into the inputs of a projection", description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.add_argument("--from", dest="given", type=Path, required=True, metavar="FOLDER",
                      help="where the files are")  # fmt: skip
    made.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new folder")
    made.add_argument("--edition", metavar="TEXT", help="what to call them in every result")
    made.add_argument("--variant", default="principal", metavar="V",
                      help="name of a projection that does not say (principal)")  # fmt: skip
    made.add_argument("--base", type=int, metavar="Y", help="year in which counts were made")
    made.add_argument("--group", action="append", default=[], metavar="NAME=A,B",
                      help="areas that make something together (may be given again)")  # fmt: skip
    made.set_defaults(run=_inputs, without_record=True)


def _inputs(args: argparse.Namespace) -> int:
    from commonweal.demand.futures import fingerprint

    from .importing import Wanted, gather, write

    edition = args.edition or args.given.resolve().name
    wanted = Wanted(edition, args.variant, args.base, _groups(args.group))
    made = gather(args.given, wanted)
    for each in made.found:
        sys.stdout.write(f"{each.in_words()}\n")
    for name in made.unknown:
        sys.stdout.write(f"{name}: not used; no file that is known has its columns.\n")
    written = write(made, args.to)
    sys.stdout.write(
        f"Wrote {', '.join(written)} to {args.to}: {edition}, {fingerprint(made.inputs)}.\n"
        f"Next: commonweal demand run SCENARIO --inputs {args.to}\n"
    )
    return 0


def _groups(given: list[str]) -> dict[str, tuple[str, ...]]:
    from commonweal.demand.errors import CannotProject

    made = {}
    for each in given:
        name, equals, members = each.partition("=")
        if not (name and equals and members):
            raise CannotProject([f"“{each}” makes no group: write NAME=AREA,AREA."])
        made[name] = tuple(members.split(","))
    return made
