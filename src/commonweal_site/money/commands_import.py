"""The command that reads a file of money: what is wrong, and what it would put on record."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from commonweal_site.words import count


def importing(made: argparse.ArgumentParser) -> None:
    """The arguments of `commonweal money import`."""
    from commonweal.money.budgets import Version
    from commonweal.money.imported.mapping import Sign

    made.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .docx, .csv or pasted .txt")
    made.add_argument(
        "--as", dest="into", choices=("tables", "budget", "ledger"), default="tables",
        help="tables to be checked, a version of a budget, or entries to be posted "
        "(default: tables)",
    )  # fmt: skip
    made.add_argument("--year", metavar="Y", help="the financial year, such as 2025/26")
    made.add_argument("--holder", metavar="B", help="whose budget it is, by name or identifier")
    made.add_argument("--version", choices=get_args(Version), help="which version of the budget")
    made.add_argument("--made", metavar="D", default="", help="the day or month it was made")
    made.add_argument("--name", metavar="N", default="", help="what the budget is called")
    made.add_argument("--replaces", metavar="I", help="the version before it, by identifier")
    made.add_argument("--table", type=int, metavar="N", help="which table of the file")
    made.add_argument(
        "--unit", type=int, choices=(1, 1000, 1_000_000), help="pounds to one of the figures"
    )
    made.add_argument(
        "--sign", choices=get_args(Sign), help="how spending and income are told apart"
    )
    made.add_argument(
        "--column", action="append", default=[], metavar="HEADING=WHAT",
        help="what a column holds: line, spending, income, net, reason or nothing",
    )  # fmt: skip
    made.add_argument("--mapping", type=Path, metavar="FILE", help="what is settled of the source")
    made.add_argument("--keep-mapping", type=Path, metavar="FILE", help="write what is settled")
    made.add_argument(
        "--take-calculated", action="store_true",
        help="take what formulas came to when the file was saved",
    )  # fmt: skip
    made.add_argument(
        "--seen", type=int, default=0, metavar="N", help="you have read the N findings marked !"
    )
    how = made.add_mutually_exclusive_group()
    how.add_argument("--plan", action="store_true", help="only show it (default)")
    how.add_argument("--write", action="store_true", help="write or post it, all or none")
    how.add_argument("--to-pack", type=Path, metavar="DIR", help="write a budget into a pack")


def run(args: argparse.Namespace, snapshot: Any) -> int:
    """Read the file, and do with it what was asked."""
    from commonweal_site.importing.files import RefusedFile, too_big

    from .importing import read_money

    if not args.file.is_file():
        raise RefusedFile(f"There is no file {args.file}.")
    too_big(args.file.name, args.file.stat().st_size)
    file = read_money(args.file.name, args.file.read_bytes())
    does = {"tables": _tables, "budget": _budget, "ledger": _entries}
    return does[args.into](args, snapshot, file)


def _say(args: argparse.Namespace, lines: Iterator[str], data: dict[str, Any]) -> None:
    if args.format == "json":
        sys.stdout.write(f"{json.dumps(data, indent=2, ensure_ascii=False)}\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in lines))


def _settled(args: argparse.Namespace) -> Any:
    """What is settled of the source, by a mapping and by options, which go before it."""
    import msgspec

    from commonweal.money.imported.mapping import mapping
    from commonweal.money.pence import BadMoney

    text = args.mapping.read_text(encoding="utf-8") if args.mapping else ""
    kept = mapping(text)
    roles = dict(kept.columns)
    for each in args.column:
        head, equals, role = each.rpartition("=")
        if not equals:
            raise BadMoney(f"--column {each}: write HEADING=WHAT, such as ‘Budget £000=spending’.")
        roles[head.strip()] = role.strip()
    said = {"table": args.table, "unit": args.unit, "sign": args.sign}
    given = {part: value for part, value in said.items() if value is not None}
    merged = msgspec.to_builtins(kept) | given | {"columns": roles}
    return mapping(json.dumps(merged))


# --- tables -------------------------------------------------------------------------------------


def _tables(args: argparse.Namespace, snapshot: Any, file: Any) -> int:
    from commonweal.money.imported.finding import read
    from commonweal.money.pence import BadMoney

    del snapshot
    if args.write or args.to_pack:
        raise BadMoney("Tables are only checked. Say --as budget or --as ledger to write.")
    said = read(file.sheets, _settled(args), calculated=args.take_calculated)

    def lines() -> Iterator[str]:
        yield from _found_in_words(file, said)
        many = f"{count(len(said.tables), 'table')}, {count(len(said.found), 'finding')}"
        yield f"{file.name}: {many}. Nothing was written."

    _say(args, lines(), _found(file, said))
    return 1 if said.to_confirm else 0


def _found_in_words(file: Any, said: Any) -> Iterator[str]:
    for each in said.tables:
        rows = count(len(each.lines), "row")
        yield f"Table {each.number}: {each.title or each.sheet.name}, {rows}."
    for one in said.found:
        yield f"{'!' if one.to_confirm else '-'} {file.name}, {one}"
    yield from (f"- {remark}" for remark in file.remarks)


def _found(file: Any, said: Any) -> dict[str, Any]:
    return {
        "file": file.name,
        "sha256": file.sha256,
        "tables": [
            {"number": t.number, "title": t.title, "rows": len(t.lines)} for t in said.tables
        ],
        "findings": [
            {"kind": f.kind, "at": str(f.at) if f.at else None, "raw": f.raw, "because": f.because,
             "to_confirm": f.to_confirm} for f in said.found
        ],
        "remarks": list(file.remarks),
    }  # fmt: skip


# --- a budget -----------------------------------------------------------------------------------


def _budget(args: argparse.Namespace, snapshot: Any, file: Any) -> int:
    from commonweal.money.imported.budgets import draw
    from commonweal.money.imported.finding import read
    from commonweal.money.imported.mapping import as_yaml
    from commonweal_site.record.shelf import SHELF

    from .taking_in import at_table, begins, proposed

    kept, terms = _settled(args), _terms(args, snapshot)
    said = read(file.sheets, kept, calculated=args.take_calculated)
    drawn = draw(said, kept, terms)
    wrong = [str(each) for each in drawn.faults]
    plan = None
    if drawn.budget and drawn.of:
        on_the_day = SHELF.snapshot(begins(terms.year, terms.made))
        plan = proposed(
            on_the_day, file, drawn.budget, at_table(drawn.of), taken=SHELF.book.exists,
            replaces=args.replaces,
        )  # fmt: skip
        wrong += [plan.fault] if plan.fault else []
    if args.keep_mapping and drawn.budget:
        args.keep_mapping.write_text(as_yaml(kept), encoding="utf-8")
    confirm = len(said.to_confirm)
    done = "Nothing was written."
    if plan and plan.changes and not wrong and (args.write or args.to_pack):
        if args.seen == confirm:
            done = _write(args, plan, f"Imported from {file.name}, SHA-256 {file.sha256}.")
        else:
            wrong.append(
                f"{count(confirm, 'finding')} marked ! to be read first; then say --seen {confirm}."
            )

    def lines() -> Iterator[str]:
        yield from _found_in_words(file, said)
        yield from (f"! {file.name}: {each}" for each in wrong)
        if drawn.budget and plan:
            yield from _budget_in_words(drawn.budget, plan)
        yield done

    data = _found(file, said) | {
        "faults": wrong,
        "id": plan.entity if plan else None,
        "agreed": bool(plan and plan.agreed),
        "lines": len(drawn.budget.lines) if drawn.budget else None,
        "spending_pence": drawn.budget.spending if drawn.budget else None,
        "income_pence": drawn.budget.income if drawn.budget else None,
        "written": done,
    }
    _say(args, lines(), data)
    return 1 if wrong or (confirm and args.seen != confirm) else 0


def _terms(args: argparse.Namespace, snapshot: Any) -> Any:
    from commonweal.money.imported.budgets import Terms
    from commonweal.money.pence import BadMoney
    from commonweal_site.authority.asking import found

    asked = {"--holder": args.holder, "--year": args.year, "--version": args.version}
    if missing := [option for option, value in asked.items() if not value]:
        raise BadMoney(f"A budget has a holder, a year and a version. Add {', '.join(missing)}.")
    holder = found(snapshot, args.holder, "body")
    return Terms(holder, args.year, args.version, args.made, args.name)


def _budget_in_words(budget: Any, plan: Any) -> Iterator[str]:
    from commonweal.money.pence import signed

    for line in budget.lines:
        sums = [("spending", line.spending), ("income", line.income), ("net", line.net)]
        told = "; ".join(f"{what} {signed(pence)}" for what, pence in sums if pence is not None)
        yield f"  {line.name}: {told or 'not stated'}"
    if plan.agreed:
        yield f"{plan.entity} is on record already, the same."
    yield from (f"+ {each.verb} {each.entity}" for each in plan.changes)


def _write(args: argparse.Namespace, plan: Any, reason: str) -> str:
    from commonweal_site.importing.doing import to_pack
    from commonweal_site.record.shelf import SHELF

    if args.to_pack:
        system = plan.entity.partition("/")[0]
        folders = to_pack(SHELF.book, plan.changes, args.to_pack, system=system, title=system)
        return f"Wrote {', '.join(map(str, folders))}"
    written = SHELF.book.write(plan.changes, actor="import", reason=reason)
    return f"{count(len(written.entries), 'entry', 'entries')} of the log: {plan.entity}."


# --- the ledger -----------------------------------------------------------------------------------


def _entries(args: argparse.Namespace, snapshot: Any, file: Any) -> int:
    from commonweal.money.imported.entries import in_short, read
    from commonweal.money.pence import BadMoney, signed
    from commonweal_site.record.shelf import SHELF

    from .taking_in import begins, bounds, post

    if not args.year:
        raise BadMoney("Say of which financial year the entries are, such as --year 2025/26.")
    if args.to_pack:
        raise BadMoney("Entries are posted to the ledger with --write, not into a pack.")
    within = bounds(args.year, snapshot, SHELF.snapshot(begins(args.year, "")))
    said = read(file.sheets, within, calculated=args.take_calculated)
    told = [f"{file.name}, {fault}" for fault in said.faults]
    posted = None
    if args.write and not told:
        posted = post(file, said.entries, actor="import")

    def lines() -> Iterator[str]:
        yield from (f"! {each}" for each in told)
        yield from (f"- {remark}" for remark in file.remarks)
        if not told:
            yield f"{len(said.entries):,} entries; debits less credits by account:"
            sums = in_short(said.entries).items()
            yield from (f"  {account} {signed(sum_)}" for account, sum_ in sums)
        if posted is None:
            yield "Nothing was posted."
        else:
            before = "had been posted before, as" if posted.before else "were posted as"
            yield f"They {before} entries {posted.first} to {posted.last}."

    data = {"entries": len(said.entries), "faults": told, "remarks": list(file.remarks),
            "posted": posted._asdict() if posted else None}  # fmt: skip
    _say(args, lines(), data)
    return 1 if told else 0
