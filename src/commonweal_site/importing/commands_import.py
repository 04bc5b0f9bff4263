"""The command that imports a scheme of reservation and delegation."""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

from commonweal.record.sheets import spots_in_words
from commonweal_site.words import count

ABOUT = """\
Reads a scheme from Excel (.xlsx) or Word (.docx), in one of the shapes in which schemes are kept:

  tick-matrix    functions down, holders across, ticks in the cells
  by-holder      a heading for each holder, and under it what that holder may decide
  role-by-limit  roles and functions with limits in pounds, or bands

Names are matched to the record. What is not on record, or could be one of several, is listed with
the nearest names; settle each once in a mapping file and run it again:

  functions: {Write-offs: dorset/function/losses, General matters: nothing}
  holders: {Board: dorset/body/icb}
  marks: {x: nothing}

  commonweal import scheme scheme.xlsx --shape tick-matrix --system dorset --from 2026-12-01 \\
      --instrument "Scheme, fourth version" --body dorset/body/icb --check

What the file does not say stays not stated. With any fault, nothing is written. Exit code 1 when
there are faults or names to settle."""

type _Add = Callable[..., argparse.ArgumentParser]


def add(command: _Add, day: Callable[[str], date]) -> None:
    """Add the command.

    command  makes one
    day      reads a day
    """
    made = command("import", _run, "import a scheme of delegation from Excel or Word", ABOUT)
    made.add_argument("what", choices=("scheme",), help="what is imported")
    made.add_argument("file", type=Path, metavar="FILE", help="an .xlsx or .docx file")
    _required(made, day)
    _optional(made)
    where = made.add_mutually_exclusive_group()
    where.add_argument("--check", action="store_true", help="only say what it would do")
    where.add_argument("--to-pack", type=Path, metavar="DIR", help="write into a pack instead")


def _required(made: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    from commonweal.authority.imported.said import SHAPES

    made.add_argument("--shape", choices=SHAPES, required=True, help="how it is laid out")
    made.add_argument("--system", required=True, metavar="S", help="whose record, such as dorset")
    made.add_argument(
        "--from", dest="starts", type=day, required=True, metavar="D", help="first day it holds"
    )
    made.add_argument(
        "--instrument", required=True, metavar="I",
        help="the document of authority: its identifier, or the title of a new one",
    )  # fmt: skip


def _optional(made: argparse.ArgumentParser) -> None:
    from commonweal.authority.facts import LimitKind
    from commonweal.record.facts import Status

    made.add_argument("--body", metavar="B", help="whose scheme it is, if the record does not say")
    made.add_argument("--basis", metavar="L", help="the law it rests on (default: not stated)")
    made.add_argument(
        "--status", choices=get_args(Status), default="in force", help="how firm it is"
    )
    made.add_argument(
        "--limits-are", choices=get_args(LimitKind), default="not stated", metavar="KIND",
        help="what amounts are measured by where the file does not say, such as 'per decision'",
    )  # fmt: skip
    made.add_argument("--replaces", metavar="I", help="a document whose delegations end that day")
    made.add_argument(
        "--bands-may-be-shared", action="store_true", help="several may have the same band"
    )
    made.add_argument("--mapping", type=Path, metavar="FILE", help="what names and marks mean")


def _run(args: argparse.Namespace) -> int:
    from commonweal_site.authority.asking import checked_system
    from commonweal_site.day import today
    from commonweal_site.record.shelf import SHELF

    from . import doing
    from .files import RefusedFile, too_big
    from .reading import read_file

    if not args.file.is_file():
        raise RefusedFile(f"There is no file {args.file}.")
    too_big(args.file.name, args.file.stat().st_size)
    checked_system(SHELF.snapshot(max(args.starts, today())), args.system)
    snapshot = SHELF.snapshot(args.starts)
    answers = doing.mapping(args.mapping.read_text(encoding="utf-8")) if args.mapping else None
    file = read_file(args.file.name, args.file.read_bytes())
    made = doing.drawn(
        SHELF.book, snapshot, file, _terms(args, snapshot), answers or doing.Answers(),
        sees=lambda _, fact: not fact.exempt,
    )  # fmt: skip
    return _finish(args, made, f"Imported from {file.name}, SHA-256 {file.sha256}.")


def _terms(args: argparse.Namespace, snapshot: Any) -> Any:
    from commonweal.authority.imported.drawing import Terms
    from commonweal.record.identifiers import ID_PATTERN
    from commonweal_site.authority.asking import found

    from .doing import instrument_named

    instrument, title = instrument_named(snapshot, args.system, args.instrument)
    giver = args.body or ""
    if giver and not ID_PATTERN.fullmatch(giver):
        giver = found(snapshot, giver, "body", near=f"{args.system}/")
    replaces = instrument_named(snapshot, args.system, args.replaces)[0] if args.replaces else ""
    basis = found(snapshot, args.basis, "basis") if args.basis else ""
    return Terms(
        args.system, args.starts, args.shape, instrument, title, giver, args.status, basis,
        args.limits_are, replaces, args.bands_may_be_shared,
    )  # fmt: skip


def _finish(args: argparse.Namespace, made: Any, reason: str) -> int:
    """Say what was found, and write it where that was asked for."""
    from commonweal_site.record.shelf import SHELF

    from . import doing

    for line in _in_words(made, args.file.name):
        _say(line)
    if made.faults or made.asked:
        _say("Nothing was written.")
        return 1
    refused = doing.refusals(SHELF.book, made.changes, "import", reason)
    if refused or not made.changes or args.check:
        for each in refused:
            _say(f"! {each}")
        _say("Nothing was written.")
        return 1 if refused else 0
    if args.to_pack:
        for folder in doing.to_pack(
            SHELF.book, made.changes, args.to_pack, system=args.system, title=args.instrument
        ):
            _say(f"Wrote {folder}")
        return 0
    written = doing.write(SHELF.book, made, actor="import", reason=reason)
    _say(f"{len(written.entries):,} entries were added to the log.")
    return 0


def _in_words(made: Any, file: str) -> Iterator[str]:
    """Faults, questions, remarks and what would be written, a line each."""
    for fault in made.faults:
        yield f"! {file}, {fault}"
    for each in made.asked:
        near = f" Nearest: {', '.join(each.near)}." if each.near else ""
        about = f"{file}, {spots_in_words(each.at)}: the {each.what} “{each.raw}”"
        yield f"? {about}: {each.because}{near}"
    for remark in made.remarks:
        yield f"- {remark}"
    yield from (f"+ {each.verb} {each.entity}" for each in made.changes)
    parts = [f"{len(made.changes)} would change", f"{len(made.agreed)} already agreed"]
    parts += [count(len(made.faults), "fault"), f"{len(made.asked)} to settle"]
    yield f"{file}: {'; '.join(parts)}."


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
