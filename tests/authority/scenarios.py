"""The questions that sources settle, asked of the packs that ship."""

from functools import cache

from commonweal_site.authority.manual import entries
from tests.making import shipped


@cache
def snapshot(day):
    return record()(day)


@cache
def record():
    return shipped()


@cache
def every():
    """Each settled question with the answer that the packs give."""
    return entries(snapshot)
