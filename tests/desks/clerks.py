"""A board in Kent with four seats, and somebody who keeps the record of its meetings."""

from commonweal.bodies.facts import Interest, QuorumRule, Seat
from commonweal_site.day import today
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER, small, words

BOARD = "kent/body/icb"
SEATS = {
    "chair": "chair", "lay": "non-executive", "nurse": "director of nursing", "money": "director of finance",
}  # fmt: skip


def seated(book):
    """The small record, with four voting seats, a quorum of three and an interest."""
    small(book)
    write(
        book,
        *(
            asserted(
                f"kent/seat/{slug}",
                Seat(body=BOARD, role=role.capitalize(), type=role, voting="voting", sources=PAPER),
                "2022-07-01",
            )
            for slug, role in SEATS.items()
        ),
        asserted(
            "kent/quorum/icb", QuorumRule(body=BOARD, members=3, voting_only=True, sources=PAPER), "2022-07-01"
        ),
        asserted(
            "kent/interest/clinic",
            Interest(of="kent/seat/nurse", organisation="Seaside Clinic", nature="Owner", sources=PAPER),
            "2022-07-01",
        ),
        at=hours(2),
    )  # fmt: skip


def a_day(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def started(clerk, day=None, **more):
    """The address of a new meeting's desk."""
    given = {**a_day("when", day or today()), "time": "10:00", "public": "yes", "carry": "yes"}
    answer = clerk.post("/desk/start/kent/icb/", {**given, **more})
    assert answer.status_code == 302, words(answer)
    return answer["Location"].partition("?")[0]


def saves(clerk, path, **given):
    answer = clerk.post(path, {"step": "save", **given})
    assert answer.status_code == 302, words(answer)
    return answer


def refused(clerk, path, **given):
    """What the page says when a form is not taken; nothing is written."""
    head = clerk.book.head.number
    answer = clerk.post(path, {"step": "save", **given})
    assert answer.status_code == 422
    assert clerk.book.head.number == head
    return words(answer)


def facts(clerk, type_):
    return clerk.book.snapshot(today()).all(type_)


def attend(clerk, desk, **how):
    given = {
        "chair": "in person",
        "lay": "in person",
        "nurse": "in person",
        "money": "in person",
        **how,
    }
    deputies = {
        f"deputy-{seat}": "Deputy director of finance"
        for seat, each in given.items()
        if each.startswith("deputy")
    }
    saves(
        clerk,
        f"{desk}attendance/",
        **{f"how-{seat}": each for seat, each in given.items()},
        **deputies,
    )
