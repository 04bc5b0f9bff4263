"""The commands on money: splits, outturn, control totals, gaps, and a place's whole."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from .commands_commit import commit, committing
from .money.commands_import import importing
from .money.commands_import import run as take_in
from .money.commands_ledger import auditing

type _Command = Callable[..., argparse.ArgumentParser]
type _Snapshot = Callable[[argparse.Namespace], Any]

ABOUT = """\
  split POUNDS SHARE...   share a sum out to the penny, the odd pence to the largest remainders
  outturn [SYSTEM]        budgets beside their newest forecast, gross and net, in words
  control-total SYSTEM    plan, changes and actuals of a year, and whether the totals were kept
  gap [SYSTEM]            how the years to come looked, version by version
  reconcile PLACE         a place's money from allocation to fund, scheme, decision and outcome
  commit HOLDER           whether somebody may commit money: power, fund, decision, budget
  import FILE             tables: what does not add up; a budget; or entries for the ledger
  ledger                  every entry as plain text for an auditor: CSV, beancount or hledger
  verify                  add the ledger up again; the first broken entry is named

  commonweal money split 135000000 63.7 36.3
  commonweal money outturn black-country-wolverhampton --as-at 2022-12-12
  commonweal money control-total exampleshire --year 2025/26
  commonweal money commit exampleshire/body/icb --fund winter-pool --amount 20000 --deciding

A variance is forecast less budget: adverse if more is spent or less comes in. Every sum is in
whole pence. What is not on record is said to be so, and is not nought."""


def add(
    command: _Command,
    formats: Callable[..., None],
    when: Callable[[argparse.ArgumentParser], None],
    snapshot: _Snapshot,
) -> None:
    """Add the command `money` and what it can do; arguments as of the commands on authority."""
    parser = command("money", lambda _: 0, "split, report on and reconcile money", ABOUT)
    does = parser.add_subparsers(dest="money", metavar="WHAT", required=True)

    def make(name: str, run: Callable[..., int], about: str, *, on_record: bool = True) -> Any:
        made = does.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        formats(made, "text", "json")
        if on_record:
            when(made)
            made.add_argument(
                "--dir", type=Path, metavar="D", default=argparse.SUPPRESS,
                help="folder of the record",
            )  # fmt: skip
            made.set_defaults(run=lambda args: run(args, snapshot(args)))
        else:
            made.set_defaults(run=run, without_record=True)
        return made

    split = make("split", _split, "share a sum out by shares, to the penny", on_record=False)
    split.add_argument("pounds", metavar="POUNDS", help="the sum")
    split.add_argument("shares", metavar="SHARE", nargs="+", help="each share, in any unit")
    outturn = make("outturn", _outturn, "budgets beside their newest forecast")
    outturn.add_argument("system", nargs="?", metavar="SYSTEM", help="only this system")
    outturn.add_argument("--year", metavar="Y", help="only this financial year, such as 2022/23")
    control = make("control-total", _control, "the control totals of a system's organisations")
    control.add_argument("system", metavar="SYSTEM", help="such as exampleshire")
    control.add_argument("--year", metavar="Y", required=True, help="financial year")
    gap = make("gap", _gap, "how the years to come looked")
    gap.add_argument("system", nargs="?", metavar="SYSTEM", help="only this system")
    place = make("reconcile", _reconcile, "a place's money, followed to its schemes")
    place.add_argument("place", metavar="PLACE", help="an area, by name or identifier")
    place.add_argument("--year", metavar="Y", help="only this financial year")
    committing(make("commit", commit, "whether somebody may commit money, and why"))
    importing(make("import", take_in, "read a file of money, and say what is wrong with it"))
    auditing(does, formats)


def _say(args: argparse.Namespace, lines: Iterator[str], data: Any) -> int:
    if args.format == "json":
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _split(args: argparse.Namespace) -> int:
    from commonweal.money.pence import BadMoney, split
    from commonweal_site.authority.asking import pence

    try:
        shares = [Decimal(text.rstrip("%")) for text in args.shares]
    except InvalidOperation:
        listed = " ".join(args.shares)
        raise BadMoney(f"A share is a number, such as 63.7; these are: {listed}.") from None
    if not all(share.is_finite() for share in shares):
        raise BadMoney("A share is a number above nothing, such as 63.7.")
    below = args.pounds.strip().startswith(("-", "−"))
    total = pence(args.pounds.strip().lstrip("-−"))
    parts = split(-total if below else total, shares)
    plain = [f"{'-' if part < 0 else ''}{abs(part) // 100}.{abs(part) % 100:02}" for part in parts]
    data = [
        {"share": text, "pounds": pounds, "pence": part}
        for text, pounds, part in zip(args.shares, plain, parts, strict=True)
    ]
    return _say(args, iter(plain), data)


def _outturn(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.money.pence import signed, variance_in_words
    from commonweal.money.statements import versions
    from commonweal_site.authority.asking import checked_system

    system = checked_system(snapshot, args.system)
    found = [
        each
        for each in versions(snapshot, system=system)
        if args.year in {None, each.year} and (system or not _invented(snapshot, each.holder))
    ]

    def lines() -> Iterator[str]:
        for each in found:
            yield f"{snapshot.name(each.holder)}: {each.name}, {each.year}"
            for name, budget in each.budgets:
                total = signed(budget.spending) if budget.spending is not None else "not recorded"
                yield f"  {budget.version:9} {budget.made or '':10} spending {total}  {name}"
            for line in each.lines:
                gross = variance_in_words(line.gross_variance)
                net = variance_in_words(line.net_variance)
                yield f"    {line.name}: gross {gross}, net {net}"
            if not each.late:
                yield "    No forecast or outturn is on record."
        yield f"{len(found):,} found."

    data = [
        {
            "holder": each.holder,
            "name": each.name,
            "year": each.year,
            "budget": each.firm,
            "forecast": each.late,
            "versions": [
                {"id": name, "version": b.version, "made": b.made, "spending_pence": b.spending,
                 "income_pence": b.income} for name, b in each.budgets
            ],
            "lines": [
                {**line._asdict(), "gross_variance": line.gross_variance,
                 "net_variance": line.net_variance} for line in each.lines
            ],
        }
        for each in found
    ]  # fmt: skip
    return _say(args, lines(), data)


def _invented(snapshot: Any, entity: str) -> bool:
    return entity.partition("/")[0] in snapshot.invented


def _control(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.money.pence import signed
    from commonweal.money.statements import control_totals
    from commonweal_site.authority.asking import checked_system

    system = checked_system(snapshot, args.system)
    found = control_totals(snapshot, system or args.system, args.year)

    def lines() -> Iterator[str]:
        yield f"{args.system}, {args.year}. The rule of that year binds: {found.rules.regime}."
        for each in found.standings:
            actual = "not recorded" if each.actual is None else signed(each.actual)
            plan, changed = signed(each.plan), signed(each.changed)
            yield f"  {each.name}: plan {plan}, changed {changed}, actual {actual}"
        for name, offset in found.offsets:
            yield f"  Changed by “{offset.name}” ({name})"
        yield f"{found.verdict.outcome}: {found.verdict.because}"

    data = {
        "regime": found.rules.regime,
        "source": found.rules.source,
        "outcome": found.verdict.outcome,
        "because": found.verdict.because,
        "organisations": [each._asdict() for each in found.standings],
        "offsets": [name for name, _ in found.offsets],
    }
    return _say(args, lines(), data)


def _gap(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.money.budgets import Outlook
    from commonweal_site.authority.asking import checked_system

    system = checked_system(snapshot, args.system)
    found = [
        (name, fact)
        for name, fact in sorted(snapshot.all(Outlook).items())
        if (system and name.partition("/")[0] == system)
        or (system is None and not _invented(snapshot, name))
    ]

    def lines() -> Iterator[str]:
        for _, outlook in found:
            yield f"{snapshot.name(outlook.about)}: {outlook.name}"
            for each in outlook.years:
                share = "" if each.share is None else f", {(each.share * 100).normalize():f}%"
                yield f"  {each.year}: {each.gap.in_words()}{share}"
        yield f"{len(found):,} found."

    data = [
        {
            "id": name,
            "about": outlook.about,
            "name": outlook.name,
            "made": outlook.made,
            "years": [
                {"year": each.year, "pence": each.gap.pence,
                 "share": None if each.share is None else str(each.share)}
                for each in outlook.years
            ],
        }
        for name, outlook in found
    ]  # fmt: skip
    return _say(args, lines(), data)


def _reconcile(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.money.pence import signed
    from commonweal.money.statements import reconcile
    from commonweal_site.authority.asking import found as find

    place = find(snapshot, args.place, "area")
    told = reconcile(snapshot, place, args.year)

    def amount(pence: int | None) -> str:
        return "not recorded" if pence is None else signed(pence)

    def lines() -> Iterator[str]:
        yield f"{snapshot.name(place)}: passed on to it by allocations on record:"
        for _, fact in told.allocated:
            yield f"  {fact.sentence(snapshot.name)}"
        if not told.allocated:
            yield "  No allocation to it is on record."
        for held in told.funds:
            total = snapshot.fact(held.fund).total
            yield f"{snapshot.name(held.fund)}: {total.in_words() if total else 'not recorded'}"
            for each in held.schemes:
                decision = snapshot.name(each.decision) if each.decision else "no decision recorded"
                outcome = each.outcome or "no outcome recorded"
                yield f"  {snapshot.name(each.scheme)}: {amount(each.pence)}; {decision}; {outcome}"
            yield f"  Not planned for any scheme: {amount(held.unplanned)}"
        yield f"Passed on and in no fund: {amount(told.unexplained)}"

    data = {
        "place": place,
        "allocated_pence": told.bridge.begins if told.allocated else None,
        "allocations": [name for name, _ in told.allocated],
        "funds": [
            {
                "id": held.fund,
                "pence": held.pence,
                "unplanned_pence": held.unplanned,
                "schemes": [each._asdict() for each in held.schemes],
            }
            for held in told.funds
        ],
        "unexplained_pence": told.unexplained,
    }
    return _say(args, lines(), data)
