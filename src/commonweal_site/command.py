"""The `commonweal` command: the record from a terminal."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NoReturn

from commonweal_site import (
    commands_authority,
    commands_choosing,
    commands_clock,
    commands_demand,
    commands_drill,
    commands_money,
    commands_outcomes,
    commands_proofs,
    commands_scrutiny,
    commands_sources,
)
from commonweal_site.importing import commands_import
from commonweal_site.published import command as commands_published

ABOUT = """\
The working record of an integrated care system: where it is, who is in it, who may decide
what, how it was decided, with whose money, towards which outcomes, answerable to whom.
Every fact is dated and sourced.
"""

EXAMPLES = """\
examples:
  commonweal demo                                      load the shipped systems, serve the site
  commonweal list body --type icb --as-at 2026-04-01   the boards of England on a day
  commonweal list area --type cluster --system hampshire-and-isle-of-wight --as-at 2018-10-01
  commonweal show hampshire-and-isle-of-wight/body/southampton-place-board --as-at 2022-05-01
  commonweal check dorset --as-at 2022-07-01           which rules of law the record meets
  commonweal load packs/dorset --plan                  what a changed pack would change

Days are written 2022-07-01. Every command answers as at today, as known now, unless told otherwise.
`commonweal COMMAND --help` says more about each.
"""

OK, NOT_MET, WRONG = 0, 1, 2
"""Exit codes: done; a rule is not met or a proof fails; the question or input was wrong."""


_Page = argparse.RawDescriptionHelpFormatter
"""Help keeps its lines as written."""


class _Parser(argparse.ArgumentParser):
    """Usage errors that say what to do next."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"{self.prog}: {message}.\nTry `{self.prog} --help`.\n")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a day; write it like 2022-07-01"
        ) from None


def _instant(text: str) -> datetime:
    """An instant, or the end of a day, UTC."""
    try:
        if len(text) == len("2022-07-01"):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        given = datetime.fromisoformat(text)
        return given if given.tzinfo else given.replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not an instant; write 2022-07-01 or 2022-07-01T14:30"
        ) from None


type _Command = Callable[..., argparse.ArgumentParser]


def _parser() -> _Parser:
    parser = _Parser(
        prog="commonweal",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=_Page,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], about: str, more: str = ""
    ) -> argparse.ArgumentParser:
        description = f"{about[0].upper()}{about[1:]}.\n\n{more}".strip()
        made = commands.add_parser(name, help=about, description=description, formatter_class=_Page)
        made.set_defaults(run=run)
        made.add_argument(
            "--dir",
            type=Path,
            metavar="D",
            help="folder of the record (default: $COMMONWEAL_DIR or ./commonweal-data)",
        )
        return made

    _site_commands(command)
    _pack_commands(command)
    _question_commands(command)
    commands_authority.add(command, _formats, _when, _snapshot)
    commands_money.add(command, _formats, _when, _snapshot)
    commands_outcomes.add(command, _formats, _day, _snapshot)
    commands_sources.add(command, _formats, _snapshot)
    commands_demand.add(command, _formats, _when, _opened)
    commands_published.add(command, _day, _when, _snapshot)
    _boundary_commands(command)
    _people_commands(command)
    commands_proofs.add(command)
    commands_clock.add(command, _formats, _day)
    commands_choosing.add(command, _formats, _day)
    commands_drill.add(command, _formats, _day, _snapshot)
    commands_scrutiny.add(command, _formats, _day, _snapshot)
    commands_import.add(command, _day)
    return parser


def _people_commands(command: _Command) -> None:
    from commonweal_site.accounts import command as accounts

    accounts.arguments(command("user", _user, "keep the people who may sign in", accounts.ABOUT))


def _site_commands(command: _Command) -> None:
    demo = command(
        "demo",
        _demo,
        "load the shipped systems and serve the site",
        "Makes the folder and the record if they are not there, loads the shipped packs (only\n"
        "what has changed since), and serves the site until you stop it with Ctrl-C.",
    )
    demo.add_argument("--no-serve", action="store_true", help="load only")
    demo.add_argument(
        "--packs", type=Path, metavar="FOLDER", help="packs to load (default: those shipped)"
    )
    _serving(demo)
    _serving(command("serve", _serve, "serve the site on the record as it is"))


def _pack_commands(command: _Command) -> None:
    load = command(
        "load",
        _load,
        "bring the record in line with packs, all or nothing",
        "A pack that is bad in any way is refused whole, with every fault listed by file and\n"
        "line. A pack loaded twice changes nothing. A changed pack changes only what differs;\n"
        "facts edited on the record since the pack was last loaded stay as they are, and are\n"
        "listed.",
    )
    load.add_argument(
        "packs", nargs="+", type=Path, metavar="PACK", help="a pack, or a folder of packs"
    )
    load.add_argument("--plan", action="store_true", help="only say what would change")
    load.add_argument("--prune", action="store_true", help="withdraw facts the packs do not hold")
    load.add_argument(
        "--overwrite", action="store_true", help="let the packs win over edits made here"
    )
    export = command(
        "export",
        _export,
        "write the record out as packs",
        "Facts not for publication are left out, and counted, unless --everything is given.",
    )
    export.add_argument("packs", nargs="*", metavar="PACK", help="names of packs (default: all)")
    export.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="where to write them"
    )
    export.add_argument("--everything", action="store_true", help="exempt facts too")


def _boundary_commands(command: _Command) -> None:
    load = command(
        "boundaries",
        _boundaries,
        "load a file of official boundaries, for maps",
        "Takes a GeoJSON file as the Office for National Statistics publishes it. The file is\n"
        "kept in the folder of the record and noted as a fact with its hash and licence.",
    )
    load.add_argument("file", type=Path, metavar="FILE", help="a GeoJSON file")
    load.add_argument("--vintage", required=True, metavar="YEAR", help="the year of the boundaries")
    load.add_argument("--licence", default="", metavar="TEXT", help="on what terms it may be used")
    load.add_argument(
        "--scheme", default="ONS", metavar="S", help="whose codes it carries (default: ONS)"
    )
    load.add_argument(
        "--code-field", metavar="NAME", help="the property with the codes (default: found)"
    )


def _question_commands(command: _Command) -> None:
    check = command(
        "check",
        _check,
        "try the rules of law on the record",
        "Each finding is met, not met or cannot tell, with one plain sentence, its sources and\n"
        "the rule's citation. Exit code 1 when a rule in force is not met, else 0.",
    )
    check.add_argument("systems", nargs="*", metavar="SYSTEM", help="only these systems")
    check.add_argument("--rule", action="append", metavar="ID", help="only this rule (repeatable)")
    _formats(check, "text", "json", "sarif", "junit", "html")
    _when(check)
    listing = command(
        "list",
        _list,
        "list every fact of a kind on a day",
        "Kinds: area, body, seat, post, appointment, document, dispute, damage, population, code\n"
        "and more; an unknown kind is answered with the nearest. JSON is an array. Invented\n"
        "systems are left out unless named with --system.",
    )
    listing.add_argument("kind", metavar="KIND", help="such as area or body")
    listing.add_argument("--system", metavar="S", help="only that system, such as dorset")
    listing.add_argument("--type", metavar="T", help="only that type, such as cluster or icb")
    _formats(listing, "text", "json", "csv")
    _when(listing)
    show = command(
        "show",
        _show,
        "show one entity on a day",
        "JSON has id, kind, as_at, known, facts, sources, disputes and history.",
    )
    show.add_argument("id", metavar="ID", help="such as dorset/body/icb")
    _formats(show, "text", "json")
    _when(show)


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port (default: 8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="address (default: 127.0.0.1)"
    )
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes (default: 1)"
    )


def _formats(parser: argparse.ArgumentParser, *names: str) -> None:
    parser.add_argument(
        "--format", choices=names, default=names[0], help=f"how to write it (default: {names[0]})"
    )


def _when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-at", type=_day, metavar="D", help="the day asked about (default: today)"
    )
    parser.add_argument(
        "--known", type=_instant, metavar="K", help="as the record stood then (default: now)"
    )


# --- the commands --------------------------------------------------------------------------------


def _say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")


def _demo(args: argparse.Namespace) -> int:
    from commonweal_site.money.shipping import post_shipped
    from commonweal_site.outcomes.reading import store
    from commonweal_site.outcomes.shipping import keep_shipped
    from commonweal_site.record import packing
    from commonweal_site.record.book import Book

    book = Book()
    loaded = packing.load([args.packs or packing.shipped()], book)
    facts = sum(len(pack.items) for pack in loaded.packs)
    _say(f"The record holds {facts:,} facts from {len(loaded.packs)} packs, in {_directory()}.")
    if loaded.written:
        _say(f"{len(loaded.written.entries):,} entries were added to its log.")
    else:
        _say("Nothing had changed since they were last loaded.")
    for folder in packing.folders([args.packs or packing.shipped()]):
        posted = post_shipped(folder, actor=packing.ACTOR)
        if posted and not posted.before:
            _say(f"{posted.last - posted.first + 1:,} entries were posted to its ledger of money.")
        kept = keep_shipped(folder, store(), recorded=datetime.now(UTC))
        if kept:
            _say(f"{sum(kept.rows.values()):,} figures were added to its store of outcomes.")
    return OK if args.no_serve else _serve_anew(args)


def _serve_anew(args: argparse.Namespace) -> NoReturn:
    """Serve in a program that begins afresh.

    The server forks, and what the loading has used (Polars, DuckDB) keeps threads of its own,
    which a fork stops for ever in the middle of their work.
    """
    sys.stdout.flush()
    command = [sys.executable, "-m", "commonweal_site.command", "serve"]
    command += ["--dir", str(_directory()), "--host", args.host]
    command += ["--port", str(args.port), "--workers", str(args.workers)]
    os.execv(sys.executable, command)  # noqa: S606 - ourselves, without a shell


def _serve(args: argparse.Namespace) -> int:
    from commonweal_site.serving import serve

    return serve(args.host, args.port, args.workers)


def _load(args: argparse.Namespace) -> int:
    from commonweal_site.record import packing
    from commonweal_site.record.book import Book

    loaded = packing.load(
        args.packs, Book(), plan_only=args.plan, prune=args.prune, overwrite=args.overwrite
    )
    comparison = loaded.comparison
    if args.plan:
        for each in comparison.differences:
            _say(str(each))
    verb = "would change" if args.plan else "changed"
    _say(f"{len(comparison.changes):,} {verb}; {comparison.unchanged:,} already agreed.")
    if comparison.kept:
        _say(f"Left as they are, because they were edited here since ({len(comparison.kept)}):")
        for name in comparison.kept:
            _say(f"  {name}")
    if comparison.only_here and not args.prune:
        _say(
            f"On record but not in the packs ({len(comparison.only_here)}); --prune withdraws them."
        )
    return OK


def _export(args: argparse.Namespace) -> int:
    from commonweal_site.record import packing
    from commonweal_site.record.book import Book

    exported = packing.export(Book(), args.packs, everything=args.everything)
    for folder in packing.write_folders(exported, args.to):
        _say(f"Wrote {folder}")
    if exported.left_out:
        _say(f"{exported.left_out} facts not for publication, or that name one, were left out.")
    return OK


def _boundaries(args: argparse.Namespace) -> int:
    from django.conf import settings

    from commonweal.record.errors import RecordError
    from commonweal_site.areas import boundaries
    from commonweal_site.record.book import Book

    if not args.file.is_file():
        raise RecordError(f"There is no file {args.file}.")
    loaded = boundaries.load(
        args.file,
        scheme=args.scheme,
        vintage=args.vintage,
        licence=args.licence,
        code_field=args.code_field,
        directory=settings.DATA_DIR,
        book=Book(),
    )
    _say(loaded.says)
    return OK


def _snapshot(args: argparse.Namespace) -> Any:
    from commonweal_site.day import today
    from commonweal_site.record.shelf import SHELF

    return SHELF.snapshot(args.as_at or today(), args.known)


def _opened(args: argparse.Namespace) -> Any:
    """The same for a command that needs no record unless it is asked about one."""
    _open(args.dir, make=False)
    return _snapshot(args)


def _check(args: argparse.Namespace) -> int:
    from commonweal.checks import run
    from commonweal.record.errors import UnknownEntity, did_you_mean
    from commonweal.statute import reports

    snapshot = _snapshot(args)
    unknown = [each for each in args.systems if each not in snapshot.systems]
    if unknown:
        known = list(snapshot.systems)
        raise UnknownEntity(
            f"No system is called '{unknown[0]}'. {did_you_mean(unknown[0], known)}"
        )
    report = run(snapshot, systems=args.systems or None, rules=args.rule)
    _say(reports.write(report, args.format).rstrip("\n"))
    return NOT_MET if report.breaches else OK


def _list(args: argparse.Namespace) -> int:
    from commonweal_site.record import showing

    rows = showing.listed(_snapshot(args), args.kind, system=args.system, type_=args.type)
    if args.format == "json":
        _say(json.dumps(rows, indent=2, ensure_ascii=False))
    elif args.format == "csv":
        sys.stdout.write(showing.as_csv(rows))
    else:
        for each in rows:
            _say(f"{each['id']}  {each['label']}")
        _say(f"{len(rows):,} found.")
    return OK


def _show(args: argparse.Namespace) -> int:
    from commonweal_site.record import showing
    from commonweal_site.record.book import Book

    found = showing.shown(Book(), _snapshot(args), args.id)
    if args.format == "json":
        _say(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        _say(showing.as_text(found))
    return OK


def _user(args: argparse.Namespace) -> int:
    from commonweal_site.accounts import command as accounts
    from commonweal_site.accounts.errors import AccountError

    try:
        _say(accounts.run(args))
    except AccountError as wrong:
        sys.stderr.write(f"commonweal user: {wrong}\n")
        return WRONG
    return OK


# --- the start -----------------------------------------------------------------------------------


def _directory() -> Path:
    return Path(os.environ.get("COMMONWEAL_DIR", "commonweal-data"))


def _open(directory: Path | None, *, make: bool) -> None:
    """Point at the record and bring its tables up to date.

    make  make the record if it is not there
    """
    if directory is not None:
        os.environ["COMMONWEAL_DIR"] = str(directory.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal_site.settings")
    stored = _directory() / "commonweal.sqlite3"
    if not make and not os.environ.get("COMMONWEAL_DATABASE") and not stored.exists():
        from commonweal.record.errors import RecordError

        raise RecordError(
            f"There is no record in {_directory()}. Make one with "
            f"`commonweal demo --dir {_directory()} --no-serve`, or name its folder with --dir."
        )
    import django
    from django.core.management import call_command

    django.setup()
    if make or _behind():
        call_command("migrate", verbosity=0)


def _behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


_MAKERS = {"demo", "load"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is returned."""
    parser = _parser()
    args = parser.parse_args(arguments)
    if not args.command:
        parser.print_help()
        return OK
    from commonweal.record.errors import SpeakingError

    try:
        if not getattr(args, "without_record", False):
            _open(args.dir, make=args.command in _MAKERS)
        code: int = args.run(args)
    except SpeakingError as wrong:
        sys.stderr.write(f"commonweal {args.command}: {wrong}\n")
        return WRONG
    except BrokenPipeError:
        sys.stderr.close()
        return OK
    return code


if __name__ == "__main__":
    sys.exit(main())
