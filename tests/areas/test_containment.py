"""Which areas lie in which, and whether two are the same land: from what is recorded, not from names."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.areas.containment import (
    direct_parts,
    direct_wholes,
    neighbours,
    parts,
    system_of,
    touches,
    wholes,
    within,
)
from commonweal.areas.coterminous import compared
from commonweal.areas.facts import Area, Containment, Neighbours, Population
from commonweal.areas.populations import populations
from commonweal.areas.successions import became, came_from, heirs, name_then
from commonweal.bodies.facts import Body
from commonweal.record.naming import Succession
from tests.making import a, record_of

DAY = date(2022, 7, 1)


def area(slug, kind="other"):
    return a(f"kent/area/{slug}", Area(name=slug.capitalize(), type=kind))


def lies(part, whole, extent="whole", **fields):
    fact = Containment(part=f"kent/area/{part}", whole=f"kent/area/{whole}", extent=extent)
    return a(f"kent/containment/{part}-in-{whole}", fact, **fields)


def chart(*links, kinds=()):
    """Areas and the containments between them, as pairs or triples."""
    names = {name for link in links for name in link[:2]}
    types = dict(kinds)
    return record_of(
        *(area(name, types.get(name, "other")) for name in names), *(lies(*link) for link in links)
    )(DAY)


def extents(lies_):
    return {name.rpartition("/")[2]: lie.extent for name, lie in lies_.items()}


A, B, C = "kent/area/a", "kent/area/b", "kent/area/c"


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("whole", "whole", "whole"),
        ("part", "whole", "not stated"),  # the rest of it may lie there too
        ("not stated", "whole", "not stated"),
        ("whole", "part", None),  # it may lie in the other part
        ("part", "part", None),
        ("whole", "not stated", None),
    ],
)
def test_what_follows_from_two_containments(inner, outer, expected):
    snapshot = chart(("a", "b", inner), ("b", "c", outer))
    assert extents(wholes(snapshot, A)).get("c") == expected
    assert extents(parts(snapshot, C)).get("a") == expected


def test_what_is_stated_comes_before_what_follows():
    snapshot = chart(("a", "b"), ("b", "c"), ("a", "c", "part"))
    assert wholes(snapshot, A)[C].extent == "part"
    assert wholes(snapshot, A)[C].stated


def test_one_road_through_whole_areas_is_enough():
    snapshot = chart(("a", "b", "part"), ("b", "d"), ("a", "c"), ("c", "d"))
    assert extents(wholes(snapshot, A))["d"] == "whole"


def test_what_follows_names_every_fact_it_rests_on():
    through = wholes(chart(("a", "b"), ("b", "c")), A)[C].through
    assert through == ("kent/containment/a-in-b", "kent/containment/b-in-c")


def test_containment_is_kept_by_type_and_by_the_day():
    snapshot = chart(("a", "b"), ("b", "c"), kinds={"c": "system"})
    assert list(wholes(snapshot, A, type="system")) == [C]
    assert list(parts(snapshot, C, type="system")) == []
    past = record_of(area("a"), area("b"), lies("a", "b", until="2022-07-01"))
    assert list(wholes(past(date(2022, 6, 30)), A)) == [B]
    assert list(wholes(past(DAY), A)) == []


def test_a_proposed_containment_and_an_ended_area_hold_nothing():
    proposed = Containment(part=A, whole=B, status="proposed")
    assert not wholes(record_of(area("a"), area("b"), a("kent/containment/x", proposed))(DAY), A)
    ended = a(B, Area(name="B", type="other"), until="2022-07-01")
    assert not wholes(record_of(area("a"), ended, lies("a", "b"))(DAY), A)


def test_names_say_nothing_about_where_an_area_lies():
    snapshot = record_of(
        a(A, Area(name="Hampshire", type="place")),
        a(B, Area(name="Hampshire and Isle of Wight", type="system")),
    )(DAY)
    assert not wholes(snapshot, A)
    assert compared(snapshot, A, B).outcome == "cannot tell"


def test_circles_come_to_an_end():
    snapshot = chart(("a", "b"), ("b", "c"), ("c", "a"))
    assert extents(wholes(snapshot, A)) == {"b": "whole", "c": "whole"}


@settings(deadline=None, max_examples=50)  # other work shares the machine
@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] != pair[1]))
)
def test_parts_and_wholes_are_two_sides_of_one_thing(pairs):
    snapshot = chart(*((f"n{one}", f"n{other}") for one, other in pairs))
    for one in snapshot.all(Area):
        for other, lie in wholes(snapshot, one).items():
            assert parts(snapshot, other)[one].extent == lie.extent


@settings(deadline=None, max_examples=50)  # other work shares the machine
@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]))
)
def test_what_lies_in_a_part_lies_in_the_whole(pairs):
    snapshot = chart(*((f"n{one}", f"n{other}") for one, other in pairs))
    for one in snapshot.all(Area):
        inside = within(snapshot, one)
        assert all(within(snapshot, other) <= inside for other in inside)


def test_shared_land_shows_in_a_common_part():
    snapshot = chart(("a", "b"), ("a", "c"), ("d", "d2"))
    assert touches(snapshot, B, C)
    assert touches(snapshot, A, B)
    assert touches(snapshot, B, A)
    assert not touches(snapshot, B, "kent/area/d")


def test_what_a_source_states_directly():
    snapshot = chart(("a", "b"), ("b", "c"))
    assert [lie.area for lie in direct_wholes(snapshot, A)] == [B]
    assert [lie.area for lie in direct_parts(snapshot, C)] == [B]


def test_neighbours_border_on_each_other():
    border = a("kent/neighbours/ab", Neighbours(first=A, second=B))
    snapshot = record_of(area("a"), area("b"), border)(DAY)
    assert list(neighbours(snapshot, A)) == [(B, "kent/neighbours/ab")]
    assert list(neighbours(snapshot, B)) == [(A, "kent/neighbours/ab")]


def test_the_system_of_an_area_is_the_one_it_wholly_lies_in():
    snapshot = chart(("a", "b"), ("b", "s"), ("c", "s", "part"), kinds={"s": "system"})
    assert system_of(snapshot, A).system == "kent/area/s"
    assert system_of(snapshot, C).system is None
    assert system_of(snapshot, "kent/area/s").outcome == "cannot tell"


# Coterminous


def test_areas_that_lie_wholly_in_each_other_are_the_same_land():
    assert compared(chart(("a", "b"), ("b", "a")), A, B).outcome == "the same"
    assert compared(chart(("a", "b")), A, A).outcome == "the same"


def test_an_area_only_part_of_which_lies_in_another_is_not_the_same():
    found = compared(chart(("a", "b", "part"), ("b", "a")), A, B)
    assert found.outcome == "not the same"
    assert found.through == ("kent/containment/a-in-b",)


def test_an_area_that_lies_in_another_may_be_all_of_it_or_not():
    assert compared(chart(("a", "b")), A, B).outcome == "cannot tell"
    assert compared(chart(("a", "b", "not stated"), ("b", "a")), A, B).outcome == "cannot tell"


def test_areas_divided_into_the_same_parts_are_the_same_and_otherwise_not():
    kinds = {"x": "sub-area", "y": "sub-area"}
    same = chart(("x", "a"), ("y", "a"), ("x", "b"), ("y", "b"), kinds=kinds)
    assert compared(same, A, B).outcome == "the same"
    less = chart(("x", "a"), ("y", "a"), ("x", "b"), kinds=kinds)
    assert compared(less, A, B).outcome == "not the same"
    assert "A (other) also holds the sub-area Y" in compared(less, A, B).because


def test_clusters_in_common_do_not_make_two_areas_the_same():
    snapshot = chart(("x", "a"), ("x", "b"), kinds={"x": "cluster"})
    assert compared(snapshot, A, B).outcome == "cannot tell"


@settings(deadline=None, max_examples=50)  # other work shares the machine
@given(
    st.sets(
        st.tuples(
            st.sampled_from("abxyz"),
            st.sampled_from("abxyz"),
            st.sampled_from(["whole", "part", "not stated"]),
        ).filter(lambda t: t[0] != t[1]),
        max_size=8,
    )
)
def test_comparing_is_the_same_from_both_sides(links):
    links = {link[:2]: link for link in links}.values()
    kinds = dict.fromkeys("xyz", "sub-area")
    snapshot = chart(*links, ("a", "c"), ("b", "c"), kinds=kinds)
    assert compared(snapshot, A, B).outcome == compared(snapshot, B, A).outcome


# Populations


def test_the_best_of_several_populations_comes_first():
    facts = {
        "words": Population(of=A, printed="a few", year="2023"),
        "about": Population(of=A, people=100, approximate=True, year="2023"),
        "old": Population(of=A, people=90, year="2019", basis="resident"),
        "lists": Population(of=A, people=95, year="2021", basis="registered"),
        "homes": Population(of=A, people=93, year="2021", basis="resident"),
        "planned": Population(of=A, people=99, year="2024", status="proposed"),
    }
    items = (a(f"kent/population/{slug}", fact) for slug, fact in facts.items())
    found = populations(record_of(area("a"), *items)(DAY), A)
    assert [each.fact_id.rpartition("/")[2] for each in found] == [
        "homes",
        "lists",
        "old",
        "about",
        "words",
    ]
    assert "exact number for 2021" in found[0].because


# Successions


def follows(before, after, since, **fields):
    fact = Succession(
        type="replace", before=f"kent/body/{before}", after=f"kent/body/{after}", **fields
    )
    return a(f"kent/succession/{before}-{after}", fact, since=since)


def body(slug, since=None, until=None):
    return a(f"kent/body/{slug}", Body(name=f"The {slug}", type="team"), since=since, until=until)


CHAIN = record_of(
    body("old", until="2022-07-01"), body("mid", "2022-07-01", "2026-04-01"), body("new", "2026-04-01"),
    body("other", "2026-04-01"), follows("old", "mid", "2022-07-01"), follows("mid", "new", "2026-04-01"),
    follows("mid", "other", "2026-04-01", share=Decimal("0.5")),
    follows("old", "never", "2022-07-01", status="proposed"),
)  # fmt: skip


def test_what_became_of_a_body_is_followed_to_the_end():
    steps = became(CHAIN(date(2026, 4, 1)), "kent/body/old")
    assert [(step.fact.after, step.depth) for step in steps] == [
        ("kent/body/mid", 1), ("kent/body/new", 2), ("kent/body/other", 2),
    ]  # fmt: skip
    assert [step.day for step in steps] == [date(2022, 7, 1), date(2026, 4, 1), date(2026, 4, 1)]


def test_on_an_earlier_day_the_rest_has_not_yet_happened():
    assert [s.fact.after for s in became(CHAIN(date(2026, 3, 31)), "kent/body/old")] == [
        "kent/body/mid"
    ]
    assert heirs(CHAIN(date(2026, 3, 31)), "kent/body/old") == ("kent/body/mid",)
    assert heirs(CHAIN(date(2022, 6, 30)), "kent/body/old") == ("kent/body/old",)
    assert heirs(CHAIN(date(2026, 4, 1)), "kent/body/old") == ("kent/body/new", "kent/body/other")


def test_what_came_before_is_called_what_it_was_called_then():
    snapshot = CHAIN(date(2026, 4, 1))
    before = came_from(snapshot, "kent/body/new")
    assert [name_then(snapshot, step.fact.before) for step in before] == ["The mid", "The old"]
