"""The commands that prove the record: verify, roots, prove."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

OK, BROKEN = 0, 1


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands to the parser."""
    command(
        "verify",
        _verify,
        "prove the log, and that the record is what it says",
        "Names the first broken entry and ends with exit code 1 if the log does not prove, or no\n"
        "longer follows from a root that was published.",
    )
    command(
        "roots",
        _roots,
        "sign the log's root for each day that is over, and list them",
        "A root stands for the whole log up to the end of a day. Published elsewhere, it makes it\n"
        "impossible to change the past unnoticed. The list is JSON, one root a line.",
    )
    prove = command(
        "prove",
        _prove,
        "prove that an entry stands in the log, or how it grew",
        "Prints a proof after RFC 6962 as JSON, which anyone can check against a published root.",
    )
    asked = prove.add_mutually_exclusive_group(required=True)
    asked.add_argument("--entry", type=int, metavar="N", help="prove that entry N is in the log")
    asked.add_argument(
        "--grown-from", type=int, metavar="N", help="prove that the first N entries are unchanged"
    )
    prove.add_argument("--size", type=int, metavar="N", help="in the log of N entries (now)")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _verify(args: argparse.Namespace) -> int:
    from commonweal.record.errors import BrokenChain
    from commonweal_site.record.book import Book
    from commonweal_site.record.roots import ROOTS

    del args
    try:
        count, roots = Book().verify(), ROOTS.check()
    except BrokenChain as broken:
        _say(str(broken))
        return BROKEN
    _say(f"All {count:,} entries prove, and the record is what they say.")
    if roots:
        _say(f"The log follows from each of its {roots:,} published roots.")
    return OK


def _roots(args: argparse.Namespace) -> int:
    from commonweal_site.record.roots import ROOTS

    del args
    ROOTS.publish(datetime.now(UTC).date())
    for root in ROOTS.published():
        _say(json.dumps(as_data(root)))
    return OK


def _prove(args: argparse.Namespace) -> int:
    from commonweal_site.record.roots import ROOTS

    if args.entry is not None:
        proof: Any = ROOTS.prove_entry(args.entry, args.size)
    else:
        proof = ROOTS.prove_growth(args.grown_from, args.size)
    _say(json.dumps({**as_data(proof), "holds": proof.holds()}, indent=2))
    return OK


def as_data(proof: Any) -> dict[str, Any]:
    """A root or proof for JSON: hashes and signatures in hexadecimal, days in ISO form."""

    def plain(value: Any) -> Any:
        if isinstance(value, bytes):
            return value.hex()
        if isinstance(value, tuple):
            return [plain(each) for each in value]
        return value.isoformat() if hasattr(value, "isoformat") else value

    return {name: plain(value) for name, value in proof._asdict().items()}
