"""Schemes and questions made up by chance, the same for the same seed."""

from random import Random

from commonweal.authority.facts import Basis, Condition
from commonweal.authority.search import Question
from tests.authority.schemes import (
    OWN,
    TOGETHER,
    area,
    body,
    delegation,
    function,
    ident,
    lies,
    post,
    power,
    reservation,
)
from tests.making import a

LIMITS = ["per decision", "per decision", "no limit", "per year", "within approved budget", "not stated",
          "per 100,000 population per year", "whole life"]  # fmt: skip
AMOUNTS = [None, 0, 1, 99_99, 100_00, 100_01, 500_00, 10_000_00]


KINDS = {"b": "integrated care board", "c": "council", "t": "NHS trust"}
AREAS = [f"a{n}" for n in range(9)]
FUNCTIONS = [f"f{n}" for n in range(8)]
HEADS = ["board0", "board1", "board2", "council0", "council1", "council2", "trust0"]
COMMITTEES = ["committee0", "committee1", "committee2"]
JOINTS = ["joint0", "joint1"]
POSTS = ["post0", "post1", "post2", "post3"]
EVERYONE = [ident("body", each) for each in HEADS + COMMITTEES + JOINTS] + [
    ident("post", each) for each in POSTS
]


def scheme_by_chance(seed):
    """Boards, councils, committees, joint committees and posts that give each other things."""
    by = Random(seed)  # noqa: S311 - made-up schemes are no secret
    items = list(_areas(by)) + list(_orders(by)) + list(_holders(by)) + list(_law(by))
    items += [_delegation(by, n) for n in range(by.choice([10, 60, 120]))]
    items += [
        reservation(
            f"r{n}", by.choice(EVERYONE), by.choice(FUNCTIONS),
            area=by.choice([None, *AREAS]), lower=by.choice([None, 100_00]),
        )
        for n in range(by.choice([0, 1, 3]))
    ]  # fmt: skip
    return items


def _areas(by):
    """Some made up of others, always of later ones, so that nothing is made up of itself."""
    for n, each in enumerate(AREAS):
        later = AREAS[n + 1 :]
        made = by.sample(later, min(len(later), by.choice([0, 0, 1, 2])))
        yield area(each, made_up_of=tuple(ident("area", part) for part in sorted(made)))


def _orders(by):
    for n in range(1, len(AREAS)):
        for whole in sorted({by.randrange(n), by.randrange(n)}):
            yield lies(AREAS[n], AREAS[whole], by.choice(["whole", "whole", "part"]))
    for n, each in enumerate(FUNCTIONS):
        count = by.choice([1, 1, 2]) if n else 0
        yield function(each, *sorted({FUNCTIONS[by.randrange(n)] for _ in range(count)}))


def _holders(by):
    for each in HEADS:
        model = by.choice([None] * 12 + ["lead provider"])
        areas = by.sample(AREAS[:3], by.choice([0, 1, 1, 2]))
        yield body(each, KINDS[each[0]], *areas, place_model=model)
    for each in COMMITTEES:
        stage = by.choice(["existing"] * 5 + ["shadow"])
        model = by.choice([None] * 9 + ["consultative forum"])
        yield body(each, "committee", parents=(by.choice(HEADS),), stage=stage, place_model=model)
    for each in JOINTS:
        parents = tuple(sorted(by.sample(HEADS, by.choice([2, 3]))))
        yield body(each, "joint committee", by.choice(AREAS), parents=parents)
    for each in POSTS:
        yield post(each, *by.sample(HEADS, by.choice([1, 2])))


def _law(by):
    anyone = tuple(dict.fromkeys([*OWN.givers, *OWN.takers, *TOGETHER.givers, *TOGETHER.takers]))
    free = Basis(
        name="Anyone", law="An Act", givers=anyone, takers=anyone, onward="any",
        needs_instrument=False, excludes=(ident("function", by.choice(FUNCTIONS)),),
    )  # fmt: skip
    yield a(ident("basis", "own"), OWN)
    yield a(ident("basis", "together"), TOGETHER)
    yield a(ident("basis", "free"), free)
    for n, kind in enumerate(KINDS.values()):
        for at in range(2):
            yield power(f"p{n}{at}", by.choice(FUNCTIONS[:2]), every=kind)
    yield power("p9", FUNCTIONS[0], holder=by.choice(HEADS), area=AREAS[0])


def _delegation(by, n):
    giver, taker = by.sample(EVERYONE, 2)
    limit = by.choice(LIMITS)
    onward = by.choice(["any", "any", "none", "limited", "as the law says", "not stated"])
    basis = by.choice([*["free"] * 12, *["own"] * 4, *["together"] * 4, None])
    return delegation(
        f"d{n}", giver, taker, by.choice([*FUNCTIONS[:2] * 3, *FUNCTIONS]),
        limit=limit,
        upper=None if limit == "no limit" else by.choice([100_00, 500_00, 10_000_00, None]),
        lower=by.choice([None, None, None, 50_00]),
        delegatable=by.choice([None, None, 100_00]),
        money=by.choice(["either", "either", "revenue"]),
        conditions=by.choice([(), (), (), (), (), (), (Condition(type="urgent only"),)]),
        area=by.choice([None, None, None, *AREAS[:4]]),
        basis=basis and ident("basis", basis),
        instrument=None,
        status=by.choice(["in force"] * 8 + ["proposed"]),
        onward=onward,
        onward_depth=by.choice([1, 2]) if onward == "limited" else None,
    )  # fmt: skip


def questions_by_chance(seed, count):
    """Who, and what: that many."""
    by = Random(seed)  # noqa: S311 - as above
    for _ in range(count):
        yield (
            by.choice(EVERYONE),
            Question(
                function=ident("function", by.choice(FUNCTIONS)),
                area=ident("area", by.choice(AREAS)),
                amount=by.choice(AMOUNTS),
                money=by.choice([None, "revenue", "capital"]),
                urgent=by.random() < 0.5,
                so_far=by.choice([None, 0, 50_00]),
                budget=by.choice([None, 1000_00]),
            ),
        )
