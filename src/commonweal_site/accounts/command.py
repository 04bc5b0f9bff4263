"""`commonweal user`: the people who may sign in, kept from a terminal."""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .people import Person

ABOUT = """\
A role holds in one system, or in every system with --system every:
  editor   may add, amend, correct and withdraw facts
  reader   sees facts that are not for publication
  keeper   may do all of that, and strike out values for good
The password is asked for, or read from the first line of standard input. A person's name stands in
public beside every change they make.

  commonweal user add board-secretary --role editor --system dorset
  commonweal user grant board-secretary --role reader --system dorset
  commonweal user list"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command understands."""
    parser.add_argument(
        "what",
        choices=["add", "list", "grant", "revoke", "password", "close"],
        help="open an account, list all, give or take a role, set a password, close an account",
    )
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="the person's name")
    parser.add_argument("--role", metavar="R", help="editor, reader or keeper")
    parser.add_argument("--system", metavar="S", help="such as dorset, or every")


def run(args: argparse.Namespace) -> str:
    """Carry it out; what to tell the person.

    raises  AccountError
    """
    from . import people
    from .errors import AccountError

    if args.what == "list":
        return "\n".join(map(_line, people.listed())) or (
            "Nobody has an account yet. `commonweal user add NAME` opens one."
        )
    if not args.name:
        raise AccountError(f"Say who: `commonweal user {args.what} NAME`.")
    if bool(args.role) != bool(args.system) or (args.what in {"grant", "revoke"} and not args.role):
        raise AccountError("Name both: --role editor, reader or keeper, and --system.")
    if args.what == "add":
        roles = [(args.system, args.role)] if args.role else []
        return _line(people.make_user(args.name, _password(), roles))
    if args.what == "password":
        people.set_password(people.person(args.name).name, _password())
        return f"{args.name} has another password. Their sessions have ended."
    if args.what == "close":
        return _line(people.close(args.name))
    change = people.grant if args.what == "grant" else people.revoke
    return _line(change(args.name, args.system, args.role))


def _line(person: "Person") -> str:
    from .roles import where

    roles = ", ".join(f"{role} of {where(system)}" for system, role in person.roles)
    closed = "" if person.active else " (closed: may not sign in)"
    return f"{person.name}{closed}: {roles or 'no roles'}"


def _password() -> str:
    from .errors import AccountError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != first:
        raise AccountError("The two passwords differ. Nothing was changed.")
    return first
