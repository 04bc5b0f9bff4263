"""The commands of scrutiny: what is overdue, and whom to remind of what."""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from commonweal.record.snapshot import Snapshot

if TYPE_CHECKING:
    from commonweal_site.scrutiny.mailing import Letter

ABOUT_OVERDUE = """\
  commonweal scrutiny overdue --on 2026-12-01 --format csv

What somebody was to answer to scrutiny or Healthwatch before the day, and is not on record as
answered, the longest over first. Exit code 1 when anything is overdue.

  commonweal scrutiny chapter    the clocks with worked examples, and how each rule is tried"""

ABOUT_REMIND = """\
  commonweal remind --on 2026-12-07 --dry-run    whom to tell what on that day
  commonweal remind                              tell them today

Whoever owes an answer is told 7 and 2 days before its last day and on it; then they and whoever
waits are told on the day after, and every week. Whoever has to look at a plan again, prepare one
or answer on one is told 90, 30 and 7 days before the last day, on it, and every four weeks from
then on. Addresses stand in the file addresses.csv of the
folder of the record, with the columns who and address: they are private, and never on record. A
body is written to once a day. Mail goes to the terminal unless COMMONWEAL_MAIL names a server,
such as smtp://mail.example.org:25. Only what the public may see is told."""

type Formats = Callable[..., None]
type Day = Callable[[str], Any]
type Read = Callable[[argparse.Namespace], Snapshot]


def add(
    command: Callable[..., argparse.ArgumentParser], formats: Formats, day: Day, snapshot: Read
) -> None:
    """Add the commands to the parser."""
    overdue = command(
        "scrutiny", lambda args: _overdue(args, snapshot),
        "list what is overdue to scrutiny and Healthwatch", ABOUT_OVERDUE,
    )  # fmt: skip
    overdue.add_argument("what", choices=("overdue", "chapter"), help="what to print")
    overdue.add_argument("--system", metavar="S", help="only this system")
    formats(overdue, "text", "json", "csv")
    remind = command(
        "remind", lambda args: _remind(args, snapshot),
        "tell bodies by mail what they owe, or wait for", ABOUT_REMIND,
    )  # fmt: skip
    remind.add_argument("--dry-run", action="store_true", help="only say who would be told what")
    remind.add_argument(
        "--site", default="http://localhost:8000", metavar="URL", help="where the site stands"
    )
    for parser in (overdue, remind):
        parser.add_argument("--on", type=day, metavar="DATE", help="the day (default: today)")
        parser.set_defaults(known=None)


def _public(args: argparse.Namespace, snapshot: Read) -> tuple[Snapshot, date]:
    """The record as the public may see it, on the day asked about."""
    args.as_at = args.on
    seen = snapshot(args)
    return seen, seen.as_at


def _overdue(args: argparse.Namespace, snapshot: Read) -> int:
    if args.what == "chapter":
        from commonweal.checks import CHECKS
        from commonweal.scrutiny.examples import chapter

        sys.stdout.write(chapter(CHECKS))
        return 0
    from commonweal.record.errors import UnknownEntity, did_you_mean
    from commonweal.scrutiny.owed import overdue
    from commonweal_site.scrutiny.shown import HEADS, of_system, row

    seen, on = _public(args, snapshot)
    if args.system and args.system not in seen.systems:
        known = did_you_mean(args.system, list(seen.systems))
        raise UnknownEntity(f"No system called '{args.system}' is on record on that day. {known}")
    every = overdue(seen, on)
    found = of_system(every, args.system) if args.system else every
    rows = [row(seen, task, on) for task in found]
    if args.format == "json":
        data = {"as_at": on.isoformat(), "count": len(rows), "overdue": rows}
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
    elif args.format == "csv":
        writer = csv.DictWriter(sys.stdout, HEADS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(rows))
    return int(bool(rows))


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    for each in rows:
        yield f"{each['due']}  {-each['days_left']:>5} days over  {each['who']}: {each['what']}"
        yield f"            {each['owed']} ({each['rule'] or 'day named by the committee'})"
    yield f"{len(rows)} overdue." if rows else "Nothing on record is overdue."


def _remind(args: argparse.Namespace, snapshot: Read) -> int:
    from django.conf import settings

    from commonweal.scrutiny.reminding import reminders
    from commonweal_site.scrutiny import mailing

    seen, on = _public(args, snapshot)
    found = reminders(seen, on)
    known = mailing.addresses_in(seen, settings.DATA_DIR)
    site = args.site.rstrip("/")
    scrutiny = mailing.letters(seen, found, on, known, site)
    letters = mailing.together(scrutiny, _of_plans(seen, on, known, site))
    if args.dry_run:
        for each in letters:
            where = each.address or "no address is known"
            sys.stdout.write(f"{each.who} ({where}): {each.subject}\n{each.text}\n\n")
        sys.stdout.write(f"{len(letters)} would be told; nothing was sent.\n")
        return 0
    gone = mailing.send(letters, settings.DATA_DIR, on)
    without = sum(each.address is None for each in letters)
    sys.stdout.write(f"{gone} told; {without} have no address in {mailing.ADDRESSES}.\n")
    return 0


def _of_plans(
    seen: Snapshot, on: date, addresses: Mapping[str, str], site: str
) -> Iterator["Letter"]:  # fmt: skip
    """A letter for each body of whom something is due about a plan."""
    from commonweal.plans.due import plan_reminders
    from commonweal_site.plans.due_pages import in_a_letter
    from commonweal_site.scrutiny.mailing import Letter
    from commonweal_site.words import count

    for told in plan_reminders(seen, on):
        subject = f"Plans: {count(len(told.found), 'thing')} of yours"
        yield Letter(told.who, addresses.get(told.who), subject, in_a_letter(seen, told, site))
