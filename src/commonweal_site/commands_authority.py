"""The commands on authority: who may decide, may this one, what may it decide, what is wrong."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

type _Add = Callable[..., argparse.ArgumentParser]

NAMES = """\
Functions, areas and holders may be given by identifier, by its last part, by name or by another
name. Invented systems answer like real ones when they are named."""

WHO_MAY = f"""\
Lists everybody who may decide, with the chain of reasons, who stays accountable and who must be
asked or told; then those of whom it cannot be told. When nobody may, what came nearest, with
numbers. {NAMES}

  commonweal who-may --function reablement --area southampton --amount 400000 --as-at 2022-05-01

Exit code 1 when nobody is found."""

MAY = f"""\
The answer is allowed, refused or cannot tell. Each carries a proof, which a small separate verifier
has re-checked; a refusal names what came nearest, by amount, place or day. A seat may be asked too:
its body must be allowed to decide, and the seat must have a vote. {NAMES}

  commonweal may southampton-place-board --function reablement --area southampton

Exit code 1 unless it is allowed."""

POWERS = f"""\
Lists what the law gives it and what was passed on to it, and whether each holds good. {NAMES}"""

AUTHORITY = """\
  audit   every delegation that gives more than the giver has, comes from or goes to a body that
          has ended, runs in a circle, has no law or document behind it, and the like
  chapter the questions whose answers sources settle, with the answers of this record, as Markdown

Exit code 1 when there is a fault. A gap, where the record is silent, is no fault."""


def add(
    command: _Add,
    formats: Callable[..., None],
    when: Callable[[argparse.ArgumentParser], None],
    snapshot: Callable[[argparse.Namespace], Any],
) -> None:
    """Add the commands.

    command   makes one
    formats   gives it --format; when gives it --as-at and --known
    snapshot  the record that a command asks
    """

    def make(name: str, run: Callable[..., int], about: str, more: str) -> Any:
        def on_record(args: argparse.Namespace) -> int:
            return run(args, snapshot(args))

        made = command(name, on_record, about, more)
        formats(made, "text", "json")
        when(made)
        return made

    _asking(make("who-may", _who_may, "who may decide something", WHO_MAY))
    may = make("may", _may, "whether somebody may decide something", MAY)
    may.add_argument("holder", metavar="HOLDER", help="a body, post or seat")
    _asking(may)
    powers = make("powers", _powers, "what somebody may decide", POWERS)
    powers.add_argument("holder", metavar="HOLDER", help="a body or post")
    audit = make("authority", _authority, "look for faults in schemes of delegation", AUTHORITY)
    audit.add_argument("what", choices=["audit", "chapter"], help="what to do")
    audit.add_argument("system", nargs="?", metavar="SYSTEM", help="only this system")


def _asking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--function", required=True, metavar="F", help="what is to be decided")
    parser.add_argument("--area", required=True, metavar="A", help="for where")
    parser.add_argument("--amount", metavar="POUNDS", help="how much (default: not about money)")
    parser.add_argument(
        "--money", choices=["revenue", "capital"], help="which money (default: not said)"
    )
    parser.add_argument("--urgent", action="store_true", help="it cannot wait for a meeting")
    parser.add_argument(
        "--so-far", metavar="POUNDS", help="decided before, this year or on this matter"
    )
    parser.add_argument("--budget", metavar="POUNDS", help="what is left of the approved budget")


def _question(args: argparse.Namespace, snapshot: Any, near: str = "") -> Any:
    from commonweal.authority.search import Question
    from commonweal_site.authority.asking import found, pence

    area = found(snapshot, args.area, "area", near=near)
    amounts = {
        name: pence(text) if text is not None else None
        for name, text in (
            ("amount", args.amount),
            ("so_far", args.so_far),
            ("budget", args.budget),
        )
    }
    return Question(
        function=found(snapshot, args.function, "function", near=near or area),
        area=area,
        money=args.money,
        urgent=args.urgent,
        **amounts,
    )


def _say(args: argparse.Namespace, text: Callable[[], str], data: Callable[[], Any]) -> None:
    written = json.dumps(data(), indent=2, ensure_ascii=False) if args.format == "json" else text()
    sys.stdout.write(f"{written}\n")


def _who_may(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.authority.answers import who_may
    from commonweal_site.authority import asking

    found = who_may(snapshot, _question(args, snapshot))
    _say(
        args,
        lambda: asking.who_may_text(snapshot, found),
        lambda: asking.who_may_json(snapshot, found),
    )
    return 0 if found.allowed else 1


def _may(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.authority.answers import may
    from commonweal.authority.proof import check_proof
    from commonweal_site.authority import asking

    holder = asking.found(snapshot, args.holder, "body", "post", "seat")
    question = _question(args, snapshot, holder)
    answer = may(snapshot, holder, question)
    if answer.proof:
        decider = answer.proof["question"]["holder"]  # type: ignore[index]  # a proof is plain data
        check_proof(snapshot, answer.proof, decider, question)
    _say(
        args,
        lambda: asking.answer_text(snapshot, answer),
        lambda: asking.answer_json(snapshot, answer),
    )
    return 0 if answer.outcome == "allowed" else 1


def _powers(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.authority.answers import powers
    from commonweal_site.authority import asking

    holder = asking.found(snapshot, args.holder, "body", "post")
    held = powers(snapshot, holder)
    _say(
        args,
        lambda: asking.powers_text(snapshot, holder, held),
        lambda: asking.powers_json(snapshot, held),
    )
    return 0


def _authority(args: argparse.Namespace, snapshot: Any) -> int:
    return {"audit": _audit, "chapter": _chapter}[args.what](args, snapshot)


def _chapter(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal_site.authority import manual

    every = manual.entries(snapshot.on)
    _say(args, lambda: manual.chapter(every).rstrip("\n"), lambda: manual.rows(every))
    return 0 if all(each.agrees for each in every) else 1


def _audit(args: argparse.Namespace, snapshot: Any) -> int:
    from commonweal.authority.audit import audit
    from commonweal_site.authority import asking

    findings = audit(snapshot, asking.checked_system(snapshot, args.system))
    _say(
        args,
        lambda: asking.audit_text(findings),
        lambda: [each._asdict() for each in findings],
    )
    return 1 if any(not each.gap for each in findings) else 0
