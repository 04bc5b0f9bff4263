"""The commands that write the ledger out for an auditor, and that add it up again."""

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from commonweal_site.words import count

FORMS = ("csv", "beancount", "hledger")


class File(NamedTuple):
    """A pack's file of entries: what it is called, and whether it is as it was posted last."""

    name: str
    state: str


def auditing(does: Any, formats: Callable[..., None]) -> None:
    """Add `commonweal money ledger` and `commonweal money verify`."""
    for name, run, about, forms in (
        ("ledger", write, "write every entry as plain text, for an auditor", FORMS),
        ("verify", verify, "add the ledger up again, and name what is wrong", ("text", "json")),
    ):
        made = does.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        formats(made, *forms)
        made.add_argument(
            "--dir", type=Path, metavar="D", default=argparse.SUPPRESS, help="folder of the record"
        )
        made.set_defaults(run=run)


def write(args: argparse.Namespace) -> int:
    """Write every entry to the standard output, in a form that other programs read."""
    from commonweal.money.plain_text import WRITERS, rows

    from .ledger import Ledger

    kept = Ledger().every()
    if args.format == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows(kept))
    else:
        sys.stdout.writelines(f"{line}\n" for line in WRITERS[args.format](kept))
    return 0


def verify(args: argparse.Namespace) -> int:
    """Add the ledger up again, and say what is wrong, the first broken entry first."""
    from .ledger import Ledger

    ledger = Ledger()
    wrong, counts, files = ledger.faults(), ledger.counts(), _files(ledger)
    data = {"counts": counts, "files": [each._asdict() for each in files], "faults": wrong}
    if args.format == "json":
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
        return 1 if wrong else 0
    told = [f"! {each}" for each in wrong]
    told += [f"- {name}: {state}." for name, state in files]
    held = (
        f"{count(counts['imports'], 'import')}, {count(counts['entries'], 'entry', 'entries')}, "
        f"{count(counts['lines'], 'line')}"
    )
    verdict = f"{len(wrong):,} faults" if wrong else "every entry balances and every total agrees"
    sys.stdout.write("".join(f"{line}\n" for line in [*told, f"{held}: {verdict}."]))
    return 1 if wrong else 0


def _files(ledger: Any) -> list[File]:
    """The packs' files that were posted, beside those that come with the program."""
    from commonweal_site.record.packing import folders, shipped

    from .shipping import FILE

    here = {f"{each.name}/{FILE}": each / FILE for each in folders([shipped()])}
    found = []
    for name, sha256 in ledger.newest().items():
        if name in here and here[name].exists():
            same = hashlib.sha256(here[name].read_bytes()).hexdigest() == sha256.partition(" ")[0]
            state = "as it was posted" if same else "changed since it was posted"
            found.append(File(name, state))
    return found
