"""The command that asks whether money may be committed."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any


def committing(parser: argparse.ArgumentParser) -> None:
    """Give a command what it needs to ask about a commitment."""
    parser.add_argument("holder", metavar="HOLDER", help="a body, post or seat")
    parser.add_argument("--amount", required=True, metavar="POUNDS", help="how much")
    parser.add_argument("--fund", metavar="F", help="the fund that pays")
    parser.add_argument("--scheme", metavar="S", help="the scheme of the fund")
    parser.add_argument("--function", metavar="F", help="what for (default: as the scheme says)")
    parser.add_argument("--area", metavar="A", help="for where (default: as the fund says)")
    rests = parser.add_mutually_exclusive_group()
    rests.add_argument("--decision", metavar="D", help="the decision that authorises it")
    rests.add_argument("--deciding", action="store_true", help="the holder is deciding it now")


def commit(args: argparse.Namespace, snapshot: Any) -> int:
    """Say whether money may be committed, with what each test found; exit code 1 unless it may."""
    from commonweal.money.committing import Commitment, tried
    from commonweal.money.pence import BadMoney
    from commonweal_site.authority.asking import HOLDERS, pence

    holder = _on_some_day(snapshot, args.holder, *HOLDERS)
    kinds = {"fund": "fund", "scheme": "funded-scheme", "decision": "decision"}
    kinds |= {"function": "function", "area": "area"}
    named = {
        field: _on_some_day(snapshot, text, kind, near=holder) if (text := getattr(args, field))
        else None
        for field, kind in kinds.items()
    }  # fmt: skip
    if not (amount := pence(args.amount)):
        raise BadMoney("Nothing is committed: give an amount of a penny or more.")
    asked = Commitment(holder, amount, snapshot.as_at, deciding=args.deciding, **named)
    told = tried(snapshot, asked)

    def lines() -> Iterator[str]:
        yield f"{told.outcome.capitalize()}. {told.because}"
        yield from (f"  {each.outcome}, {each.test}: {each.because}" for each in told.tests)

    data = {
        "outcome": told.outcome,
        "because": told.because,
        "holder": holder,
        "amount_pence": amount,
        "as_at": snapshot.as_at.isoformat(),
        "deciding": args.deciding,
        **named,
        "tests": [
            {"test": each.test, "outcome": each.outcome, "because": each.because,
             "sources": [{"document": s.document, "at": s.at} for s in each.sources]}
            for each in told.tests
        ],
    }  # fmt: skip
    if args.format == "json":
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines()))
    return 0 if told.outcome == "allowed" else 1


def _on_some_day(snapshot: Any, text: str, *kinds: str, near: str = "") -> str:
    """What is called so on the day or, if nothing is, on the latest day on which something was.

    raises  UnknownEntity or BadQuestion, as of the day asked about
    """
    from commonweal.record.errors import RecordError
    from commonweal_site.authority.asking import found

    try:
        return found(snapshot, text, *kinds, near=near)
    except RecordError:
        types = [snapshot.vocabulary.kind(kind).type for kind in kinds]
        for day in sorted({day for each in types for day in snapshot.days_of(each)}, reverse=True):
            with suppress(RecordError):
                return found(snapshot.on(day), text, *kinds, near=near)
        raise
