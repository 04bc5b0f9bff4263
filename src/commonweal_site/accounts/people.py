"""The people who may sign in, and their roles."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from commonweal.record.errors import did_you_mean
from commonweal_site.day import today
from commonweal_site.record import shelf
from commonweal_site.record.shelf import EVERY

from .errors import BadGrant, NameTaken, UnknownPerson, WeakPassword
from .models import Grant
from .roles import ROLES

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
_LONGEST_NAME = 40


class Person(NamedTuple):
    """Somebody with an account.

    roles   pairs of system and role; the system is `*` for a national role
    active  whether they may sign in
    """

    name: str
    roles: tuple[tuple[str, str], ...]
    active: bool


def make_user(name: str, password: str, roles: Iterable[tuple[str, str]] = ()) -> Person:
    """Open an account.

    roles   pairs of system and role
    raises  NameTaken, WeakPassword or BadGrant, and nothing is kept
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise NameTaken(
            f"'{name}' cannot be a user's name. Use up to {_LONGEST_NAME} small letters and "
            "digits, with dots or hyphens between, such as board-secretary. It stands in public "
            "beside every change the person makes, so do not use an e-mail address."
        )
    if User.objects.filter(username=name).exists():
        raise NameTaken(f"'{name}' has an account already. Grant roles with `user grant`.")
    user = User(username=name)
    _set_password(user, password)
    with transaction.atomic():
        user.save()
        for system, role in roles:
            grant(name, system, role)
    return person(name)


def set_password(name: str, password: str) -> None:
    """Give somebody another password; their sessions end."""
    user = _user(name)
    _set_password(user, password)
    user.save()


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise WeakPassword(" ".join(weak.messages)) from weak
    user.set_password(password)


def grant(name: str, system: str, role: str) -> Person:
    """Give somebody a role in a system; `every` or `*` for all systems."""
    user = _user(name)
    Grant.objects.get_or_create(user=user, system=_system(system), role=_role(role))
    return person(name)


def revoke(name: str, system: str, role: str) -> Person:
    """Take a role away, at once, from sessions under way too.

    raises  BadGrant if the person does not have it
    """
    taken, _ = Grant.objects.filter(
        user=_user(name), system=EVERY if system == "every" else system, role=_role(role)
    ).delete()
    if not taken:
        roles = ", ".join(f"{each} of {of}" for of, each in person(name).roles) or "none"
        raise BadGrant(f"{name} is not {role} of {system}. Roles of {name}: {roles}.")
    return person(name)


def close(name: str) -> Person:
    """Let somebody sign in no more. What they wrote stays on record under their name."""
    user = _user(name)
    user.is_active = False
    user.save()
    return person(name)


def person(name: str) -> Person:
    """Somebody with an account, by name."""
    return _person(_user(name))


def listed() -> list[Person]:
    """Everybody with an account, by name."""
    users = User.objects.prefetch_related("grants").order_by("username")
    return [_person(user) for user in users]


def _person(user: User) -> Person:
    grants = Grant.objects.filter(user=user).order_by("system", "role")
    return Person(user.username, tuple((each.system, each.role) for each in grants), user.is_active)


def _user(name: str) -> User:
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        known = list(User.objects.values_list("username", flat=True))
        raise UnknownPerson(f"Nobody is called '{name}'. {did_you_mean(name, known)}") from None


def _role(role: str) -> str:
    if role not in ROLES:
        raise BadGrant(f"There is no role '{role}'. {did_you_mean(role, list(ROLES))}")
    return role


def _system(system: str) -> str:
    if system in {EVERY, "every"}:
        return EVERY
    known = shelf.SHELF.snapshot(today()).systems
    if system not in known:
        raise BadGrant(
            f"No system is called '{system}'. {did_you_mean(system, list(known))} "
            "Write 'every' for a role in all of them."
        )
    return system
