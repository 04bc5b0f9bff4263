"""The command that says which process chooses a provider."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from commonweal_site.money.choosing_questions import QUESTIONS, SUMS

if TYPE_CHECKING:
    from commonweal.money.choosing.processes import Choice

ABOUT = """\
  commonweal choose-provider --only-capable no --choice-offered no --replaces-ending yes \\
    --satisfied yes --different-character no --brought-about yes --old 2000000 --new 2500000

Each answer is yes or no; what is left out is not known, and the answer says whether it matters.
Sums are pounds over the whole life of a contract. `--on` is the day on which choosing begins: by
it the law is found, and each wait is counted."""


def add(
    command: Callable[..., argparse.ArgumentParser],
    formats: Callable[..., None],
    day: Callable[[str], Any],
) -> None:
    """Add the command to the parser."""
    parser = command(
        "choose-provider", _choose, "say which process chooses a provider of health care, and why",
        ABOUT,
    )  # fmt: skip
    for each in QUESTIONS:
        option = f"--{each.name.replace('_', '-')}"
        parser.add_argument(option, choices=("yes", "no"), default="", help=each.asks)
    for each in SUMS:
        parser.add_argument(f"--{each.name}", metavar="POUNDS", default="", help=each.asks)
    parser.add_argument("--on", type=day, metavar="DATE", help="the day (default: today)")
    formats(parser, "text", "json")
    parser.set_defaults(without_record=True)


def _choose(args: argparse.Namespace) -> int:
    from commonweal.money.choosing.processes import which
    from commonweal_site.day import today
    from commonweal_site.money.choosing import as_data, circumstances

    on = args.on or today()
    given = {each.name: getattr(args, each.name) for each in (*QUESTIONS, *SUMS)}
    choice = which(circumstances(given), on)
    if args.format == "json":
        text = json.dumps(as_data(choice, on), indent=2, ensure_ascii=False)
        sys.stdout.write(f"{text}\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(choice, on))
    return 0


def _lines(choice: "Choice", on: date) -> Iterator[str]:
    from commonweal.money.choosing.steps import steps

    yield choice.sentence
    words = {True: "open", False: "closed", None: "not settled"}
    for each in choice.grounds:
        yield f"\n{each.process}: {words[each.open]}. {each.because}"
        yield f"  {each.cite}"
        if each.open:
            yield from (f"  - {step.what} ({step.rule})" for step in steps(each.process, on))
