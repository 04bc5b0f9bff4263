"""Writes to a record and is killed on the way, again and again: `python -m tests.record.crashing`.

Reads from standard input, as JSON: `settings` of the database, `how` the writer dies, and `times`.
After each death the record must prove, and hold the whole write or nothing of it. Prints how it ended.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta

import django
from django.db import connections

from tests.desk import NINE, asserted, corrected, place, redacted, withdrawn

SIZE = 120
BASE = "kent/area/base"


def changes(attempt, *, alone):
    """Every verb, over entities of this attempt and, unless alone, one that all attempts share."""
    new = [asserted(f"kent/area/a{attempt}-{n}", place(f"N{n}"), "2022-07-01") for n in range(SIZE)]
    named = place(f"As in attempt {attempt}", note="A name")
    shared = [corrected(BASE, named, "2023-01-01", "2024-01-01"), redacted(BASE, 1, "note")]
    return [
        *new,
        *(withdrawn(each.entity, "2025-01-01") for each in new[:10]),
        *(() if alone else shared),
    ]


def begin(book):
    """What is on record before the first attempt."""
    book.write([asserted(BASE, place("Base", note="A name"))], actor="Ann", reason="Base", at=NINE)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def dying_at_statement(book, number):
    """The writer dies before or after its so manieth statement."""
    left = number

    def count(execute, sql, parameters, many, context):
        nonlocal left
        left -= 1
        if left == 0:
            die()
        done = execute(sql, parameters, many, context)
        left -= 1
        if left == 0:
            die()
        return done

    connections[book.using].execute_wrappers.append(count)


def dying_within(book, number):
    """The writer dies within a statement, after so many hundred steps of SQLite's."""
    left = number

    def count():
        nonlocal left
        left -= 1
        if left == 0:
            die()
        return 0

    connections[book.using].ensure_connection()
    connections[book.using].connection.set_progress_handler(count, 100)


def attempt(settings, number, how, point, *, alone):
    """Write in a process of its own; whether it came to its end."""
    from commonweal_site.record.book import Book
    from tests.keeping import known

    pid = os.fork()
    if pid == 0:
        with known(settings) as name:
            book = Book(name)
            if how == "statement":
                dying_at_statement(book, point)
            elif how == "step":
                dying_within(book, point)
            at = NINE + timedelta(hours=1 + number)
            book.write(changes(number, alone=alone), actor="Bea", reason="Attempt", at=at)
            os._exit(0)
    if how == "moment":
        time.sleep(point)
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1] == 0


def alone_at_last(book):
    """Waits until PostgreSQL has seen that the writer died; what it was told before, it still does."""
    if connections[book.using].vendor == "sqlite":
        return
    others = (
        "select count(*) from pg_stat_activity where datname = current_database() "
        "and pid <> pg_backend_pid() and backend_type = 'client backend'"
    )
    with connections[book.using].cursor() as cursor:
        while cursor.execute(others).fetchone() != (0,):
            time.sleep(0.01)


def check(settings, number, before, *, finished, alone):
    """The record proves and is as before or as after; how many entries it has."""
    from commonweal_site.record.book import Book
    from tests.keeping import known

    with known(settings) as name:
        book = Book(name)
        alone_at_last(book)
        count = book.verify()
        every = changes(number, alone=alone)
        there = book.existing(each.entity for each in every[:SIZE])
        after = before + len(every)
        assert count in {before, after}, f"{count} entries, neither {before} nor {after}"
        assert len(there) == (SIZE if count == after else 0)
        assert count == after or not finished
        return count


def points(how, times):
    """Where to die: spread over a whole write, more of them early."""
    chance = random.Random(7)  # noqa: S311  # it is to be the same every time, not secret
    if how == "moment":
        return [chance.uniform(0.0, 0.12) for _ in range(times)]
    widest = {"statement": 60, "step": 900}[how]
    return sorted({1 + int(widest * (n / times) ** 2) for n in range(times)})


def main():
    asked = json.load(sys.stdin)
    django.setup()
    settings, how = asked["settings"], asked["how"]
    entries = asked["entries"]
    alone = entries == 0
    ends = {"before": 0, "after": 0, "finished": 0}
    for number, point in enumerate(points(how, asked["times"]), start=1):
        finished = attempt(settings, number, how, point, alone=alone)
        now = check(settings, number, entries, finished=finished, alone=alone)
        ends["finished" if finished else "after" if now > entries else "before"] += 1
        entries = now
    sys.stdout.write(json.dumps(ends))


if __name__ == "__main__":
    main()
