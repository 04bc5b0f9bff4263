"""The `commonweal publish` command: a document of a system or body, written to a file."""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from .named import DOCUMENTS, REPORTS

type _Add = Callable[..., argparse.ArgumentParser]

ABOUT = """\
  scheme    who may decide each function: reserved, delegated, or shared with others
  map       where decisions are taken, for everybody
  handbook  every committee, its members, quorum and powers
  terms     terms of reference of one body
  limits    who may decide up to how much
  money     funds, budgets, reserves and the years to come; and reports on it, each alone:
            outturn, pools, delegated, control-totals, reserves, capital, better-care, years-to-come
  fund      what came in, was spent and is expected of one fund, in a quarter or a whole year
  money     funds, budgets, reserves and the years to come
  outcomes  what is measured, what is wanted of it and how it stands

The form follows from the ending of the file: .docx (Word), .pdf (tagged for screen readers),
.xlsx (Excel, sums as live formulas), .html, .csv (the main table), .zip (every table) or .json.
What is not for publication is in none.

  commonweal publish scheme --system exampleshire --as-at 2026-12-01 --to scheme.docx
  commonweal publish terms --body hampshire-and-isle-of-wight/body/southampton-place-board \\
      --as-at 2022-05-01 --to terms.pdf
  commonweal publish outturn --system exampleshire --to outturn.xlsx
  commonweal publish fund --fund exampleshire/fund/reablement-pool --year 2025/26 --quarter 2 \\
      --to report.pdf
  commonweal publish limits --system exampleshire --since 2024-03-31 --to changed.csv"""


def add(
    command: _Add,
    day: Callable[[str], Any],
    when: Callable[[argparse.ArgumentParser], None],
    snapshot: Callable[[argparse.Namespace], Any],
) -> None:
    """Add the command.

    command   makes it
    day       reads a day; when gives it --as-at and --known
    snapshot  the record that it asks
    """

    def run(args: argparse.Namespace) -> int:
        return _publish(args, snapshot(args))

    about = "write a scheme, map, handbook, terms of reference or limits to a file"
    made = command("publish", run, about, ABOUT)
    words = [*DOCUMENTS, *REPORTS, "fund"]
    made.add_argument("document", choices=words, metavar="DOCUMENT", help="which document")
    of = made.add_mutually_exclusive_group(required=True)
    of.add_argument("--system", metavar="S", help="of that system, such as dorset")
    of.add_argument("--body", metavar="ID", help="of that body, such as dorset/body/icb")
    of.add_argument(
        "--fund", metavar="ID", help="of that fund, such as exampleshire/fund/equipment"
    )
    made.add_argument("--year", metavar="Y", help="of a fund: the financial year, such as 2025/26")
    made.add_argument(
        "--quarter", type=int, choices=(1, 2, 3, 4), metavar="N", help="of a fund: only a quarter"
    )
    made.add_argument("--to", type=Path, required=True, metavar="FILE", help="the file to write")
    made.add_argument(
        "--since", type=day, metavar="D", help="only what changed since that earlier day"
    )
    when(made)


def _publish(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.record.errors import RecordError

    from .forms import written

    text = _of_fund(args, snapshot) if args.document == "fund" else _of_others(args, snapshot)
    made = written(text, args.to.suffix.removeprefix(".").lower())
    try:
        args.to.write_bytes(made)
    except OSError as wrong:
        raise RecordError(f"{args.to} cannot be written: {wrong.strerror}.") from None
    sys.stdout.write(f"Wrote {args.to}: {text.title}. {text.when}\n")
    return 0


def _of_fund(args: argparse.Namespace, snapshot: Any) -> Any:
    from commonweal.money.reports.due import span
    from commonweal.record.identifiers import identifier
    from commonweal_site.money.reading import Reading

    from .documents import UnknownDocument
    from .funds import report_on

    if not args.fund or not args.year or args.since:
        raise UnknownDocument(
            "A report on a fund needs --fund and --year, such as --fund "
            "exampleshire/fund/equipment --year 2025/26, and takes no --since."
        )
    reading = Reading(snapshot, identifier(args.fund).system, known=args.known)
    return report_on(snapshot, args.fund, span(args.year, args.quarter or 0), reading)


def _of_others(args: argparse.Namespace, snapshot: Any) -> Any:
    from .documents import UnknownDocument, about_body, about_system, changed, document

    if args.fund:
        raise UnknownDocument(f"‘{args.document}’ is of a system or a body, not of a fund.")
    find = partial(about_body, body=args.body) if args.body else None
    find = find or partial(about_system, system=args.system)
    if args.since:
        return changed(snapshot.on(args.since), snapshot, args.document, find)
    return document(snapshot, args.document, find(snapshot))
