"""The commands on sources: what can be asked, asking it, and what was answered."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonweal_site.words import count

if TYPE_CHECKING:
    from commonweal_site.sources.answers import Answers
    from commonweal_site.sources.fetching import Asked, Found

type _Snapshot = Callable[[argparse.Namespace], Any]

ABOUT = """\
  list             every source that can be asked: where, for what, on what terms
  fetch NAME       ask it, and say what its answer holds; nothing of it is written without --write
  status           what has been answered so far, from where and when

  commonweal sources fetch fingertips --with indicator=241 --with areas=221 --dry-run
  commonweal sources fetch organisation --with code=QRL
  commonweal sources fetch populations --with areas=E06000045,E06000044 --write

An answer is kept as it came, by its hash. While it is fresh its source is not asked again; when
it is not, the source is asked only whether it has changed. --dry-run asks nothing, and prints what
would be asked. Files that you have already are taken in by `commonweal outcomes import` and
`commonweal boundaries`."""


def add(
    command: Callable[..., argparse.ArgumentParser],
    formats: Callable[..., None],
    snapshot: _Snapshot,
) -> None:
    """Add the command `sources` and what it can do."""
    parser = command("sources", lambda _: 0, "ask published sources for their figures", ABOUT)
    does = parser.add_subparsers(dest="sources", metavar="WHAT", required=True)
    listing = does.add_parser("list", help="every source that can be asked")
    listing.set_defaults(run=_list, without_record=True)
    fetching = does.add_parser("fetch", help="ask a source, and say what its answer holds")
    _fetching(fetching)
    fetching.set_defaults(run=lambda args: _fetch(args, snapshot))
    status = does.add_parser("status", help="what has been answered so far")
    status.set_defaults(run=_status)
    for each in (listing, fetching, status):
        formats(each, "text", "json")
        each.add_argument(
            "--dir", type=Path, metavar="D", default=argparse.SUPPRESS,
            help="folder of the record (default: $COMMONWEAL_DIR or ./commonweal-data)",
        )  # fmt: skip


def _fetching(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="as `commonweal sources list` names it")
    parser.add_argument(
        "--with", dest="said", action="append", default=[], metavar="WHAT=THIS",
        help="what is asked for, such as indicator=241; as often as needed",
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be asked; ask and write nothing"
    )
    parser.add_argument("--write", action="store_true", help="put what was found where it belongs")
    parser.add_argument(
        "--leave-out", action="store_true", help="with --write: without the rows that are wrong"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--anew", action="store_true", help="ask, though the kept answer is fresh")
    either.add_argument("--kept", action="store_true", help="ask nothing; read the kept answer")


def _list(args: argparse.Namespace) -> int:
    import msgspec

    from commonweal_site.sources.connectors import connectors

    data = [{"name": name, **msgspec.to_builtins(c)} for name, c in connectors().items()]
    lines = []
    for name, each in connectors().items():
        lines += [f"{name}: {each.title}", f"    {each.publisher}. {each.licence}"]
        for ask, what in each.asks.items():
            default = f" (if not said: {what.default})" if what.default else ""
            lines.append(f"    --with {ask}=…  {what.what}{default}")
        lines += [f"    asks {each.address}", f"    see {each.about}", ""]
    return _say(args, "\n".join(lines).rstrip(), data)


def _asked(args: argparse.Namespace) -> "Asked":
    from commonweal_site.sources.connectors import BadRequest, connector
    from commonweal_site.sources.fetching import Asked

    pairs = [each.partition("=") for each in args.said]
    if loose := [name for name, equals, _ in pairs if not equals]:
        raise BadRequest(f"--with {loose[0]} lacks what it is: write --with {loose[0]}=THIS.")
    of = connector(args.name)
    return Asked(args.name, of, of.said({name: said for name, _, said in pairs}))


def _answers() -> "Answers":
    from django.conf import settings

    from commonweal_site.sources.answers import Answers

    return Answers(Path(settings.DATA_DIR) / "sources")


def _fetch(args: argparse.Namespace, snapshot: _Snapshot) -> int:
    from commonweal_site.sources import connecting, fetching

    asked, answers = _asked(args), _answers()
    fresh_for = asked.connector.fresh_for
    if args.kept:
        answer = fetching.kept(asked, answers)
    else:
        line = connecting.Connection(answers, asked.connector.hosts, connecting.real_world())
        addresses = [each.address for each in (asked.also, asked) if each]
        if args.dry_run:
            return _would(
                args, [line.would(a, fresh_for=fresh_for, anew=args.anew) for a in addresses]
            )
        *_, answer = [line.get(a, fresh_for=fresh_for, anew=args.anew) for a in addresses]
    found = fetching.read(asked, answer, answers, _place(args, snapshot))
    done = found.write() if args.write and found.write else _not_written(found)
    came = f"{answer.address}\nCame {_when(answer.received)}, {answer.size:,} bytes, hash "
    text = f"{came}{answer.sha256[:12]}.\n{found.words}\n{done}"
    data = {
        "address": answer.address, "received": answer.received.isoformat(),
        "sha256": answer.sha256, "found": found.words.splitlines(), "faults": found.faults,
        "done": done,
    }  # fmt: skip
    _say(args, text, data)
    return 1 if found.faults and not args.write else 0


def _not_written(found: "Found") -> str:
    if found.write is None:
        return "It is only to be read: nothing was written."
    return "Nothing was written. Say --write to put it where it belongs."


def _place(args: argparse.Namespace, snapshot: _Snapshot) -> Any:
    from datetime import UTC

    from django.conf import settings

    from commonweal_site.day import today
    from commonweal_site.outcomes import importing
    from commonweal_site.sources.fetching import Place

    def record(day: date) -> Any:
        return snapshot(argparse.Namespace(as_at=day, known=None))

    return Place(
        folder=Path(settings.DATA_DIR), now=datetime.now(UTC), leave_out=args.leave_out,
        record=lambda: record(today()), boards=lambda: importing.boards_by_year(record, today()),
    )  # fmt: skip


def _would(args: argparse.Namespace, requests: list[dict[str, Any]]) -> int:
    lines = []
    for each in requests:
        if each["ask"]:
            lines += ["Would ask:", f"{each['method']} {each['address']}"]
            lines += [f"  {name}: {said}" for name, said in each["headers"].items()]
        else:
            lines.append(
                f"Would not ask {each['address']}: the answer checked {each['kept']} is fresh."
            )
    return _say(args, "\n".join([*lines, "Nothing was asked or written."]), requests)


def _status(args: argparse.Namespace) -> int:
    import msgspec

    answers = _answers()
    every = answers.every()
    rows = [
        msgspec.to_builtins(each) | {"answers": len(answers.of(each.address)),
                                     "whole": answers.newest(each.address) is not None}
        for each in every
    ]  # fmt: skip
    lines = []
    for each, row in zip(every, rows, strict=True):
        lines += [
            each.address,
            f"    came {_when(each.received)}, last checked {_when(each.checked)}",
            f"    {each.size:,} bytes, hash {each.sha256[:12]}, {count(row['answers'], 'answer')}"
            + ("" if row["whole"] else "; its file was changed since, and is not used"),
        ]
    none = "No source has been asked yet. `commonweal sources list` says which can be."
    return _say(args, "\n".join(lines) or none, rows)


def _when(instant: datetime) -> str:
    return f"{instant.day} {instant:%B %Y at %H:%M} UTC"


def _say(args: argparse.Namespace, text: str, data: object) -> int:
    said = json.dumps(data, indent=2, ensure_ascii=False) if args.format == "json" else text
    sys.stdout.write(f"{said}\n")
    return 0
