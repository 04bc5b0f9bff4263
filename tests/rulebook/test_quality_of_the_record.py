"""The record's own rules: sources, weekdays, counts, names, places, populations and codes."""

import doctest
from datetime import date

import pytest

from commonweal.areas.facts import Area, Band, Containment, Population
from commonweal.bodies.facts import Body
from commonweal.meetings.facts import Meeting
from commonweal.record import wording
from commonweal.record.documents import Document, Figure, Pack
from commonweal.record.facts import Source
from commonweal.record.naming import Code
from commonweal.record.packs import Item
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal.statute import record_quality
from tests.making import BOARD, FIRST_DAY, SYSTEM, a, findings, kent, outcomes, said, seats

DAY = FIRST_DAY


def found(number, *items):
    return outcomes(kent(*items)(DAY), number)


@pytest.mark.parametrize("module", [record_quality, wording])
def test_the_examples_in_the_documentation_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


# Weekdays


def meeting(printed, when="2022-11-10"):
    return a("kent/meeting/one", Meeting(body=BOARD, when=when, date_printed=printed))


@pytest.mark.parametrize(
    ("printed", "when", "expected"),
    [
        ("Thursday, 10 November 2022", "2022-11-10", "met"),
        (
            "Friday, 10 November 2022",
            "2022-11-10",
            "not met",
        ),  # as the Wolverhampton pack prints it
        ("Monday 1st July 2024", "2024-07-01", "met"),
        ("Friday 10th", "2022-11-10", "not met"),
        ("Friday next", "2022-11", "cannot tell"),
        ("Friday, 31 February 2022", "2022-02", "cannot tell"),
    ],
)
def test_a_printed_weekday_matches_its_date(printed, when, expected):
    assert found("REC-WEEKDAY", meeting(printed, when)) == {"kent/meeting/one": expected}


def test_a_date_without_a_weekday_is_no_matter_of_the_rule():
    assert found("REC-WEEKDAY", meeting("10 November 2022")) == {}
    assert found("REC-WEEKDAY", meeting(None)) == {}


def test_the_weekday_of_a_documents_date_is_looked_at_too():
    paper = Document(title="Paper", date="2022-11-10", date_printed="Friday 10 November 2022")
    assert found("REC-WEEKDAY", a("kent/document/paper", paper)) == {
        "kent/document/paper": "not met"
    }


# Sources


def bare(entity, fact):
    """An entity with the sources it has, and no other."""
    return Item(entity, BEFORE_ALL, OPEN, fact)


def area(**fields):
    return Area(name="Deal", type="place", **fields)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((Source(document="kent/document/one", at="page 1"),), None),
        ((Source(document="kent/document/one", lines="12"),), None),
        (
            (
                Source(document="kent/document/one"),
                Source(document="kent/document/two", at="page 1"),
            ),
            None,
        ),
        ((Source(document="kent/document/one"),), "not met"),
        ((), "not met"),
    ],
)
def test_every_fact_names_a_document_and_the_spot_in_it(sources, expected):
    outcome = found("REC-SOURCE", bare("kent/area/deal", area(sources=sources)))
    assert outcome.get("kent/area/deal") == expected
    assert outcome[SYSTEM] == "met"


def test_a_document_is_its_own_source():
    items = (
        bare("kent/document/one", Document(title="One")),
        bare("kent/pack/kent", Pack(name="Kent", systems=("kent",))),
    )
    assert found("REC-SOURCE", *items) == {SYSTEM: "met"}


# Counts


def counts(value, what="area: place", about=SYSTEM, **fields):
    figure = Figure(name="Places", about=about, value=value, unit="places", counts=what, **fields)
    return a("kent/figure/one", figure)


def place(slug, whole=SYSTEM, extent="whole", kind="place", **fields):
    return (
        a(f"kent/area/{slug}", Area(name=slug.capitalize(), type=kind, **fields)),
        a(
            f"kent/containment/{slug}",
            Containment(part=f"kent/area/{slug}", whole=whole, extent=extent),
        ),
    )


@pytest.mark.parametrize(
    ("value", "upper", "approximate", "expected"),
    [
        (2, None, False, "met"),
        (1, None, False, "not met"),
        (3, None, False, "not met"),
        (3, None, True, "cannot tell"),
        (1, 2, False, "met"),
        (3, 4, False, "not met"),
        (None, None, False, "cannot tell"),
    ],
)
def test_a_stated_count_is_what_is_recorded(value, upper, approximate, expected):
    figure = counts(value, upper=upper, approximate=approximate)
    items = (figure, *place("deal"), *place("sandwich"))
    assert found("REC-COUNT", *items) == {"kent/figure/one": expected}


def test_what_lies_deeper_or_only_partly_inside_counts_too():
    deeper = place("ward", whole="kent/area/deal", kind="ward")
    assert found("REC-COUNT", counts(1, "area: ward"), *place("deal"), *deeper) == {
        "kent/figure/one": "met"
    }
    assert found("REC-COUNT", counts(1), *place("deal", extent="part")) == {
        "kent/figure/one": "met"
    }


def test_what_lies_elsewhere_does_not_count():
    elsewhere = a("essex/area/one", Area(name="One", type="place"))
    assert found("REC-COUNT", counts(0), elsewhere) == {"kent/figure/one": "met"}


def test_bodies_count_by_the_areas_they_serve_and_committees_by_their_parent():
    serves = a("kent/body/one", Body(name="One", type="council", areas=("kent/area/deal",)))
    child = a("kent/body/two", Body(name="Two", type="committee", parents=(BOARD,)))
    assert found("REC-COUNT", counts(1, "body: council"), *place("deal"), serves) == {
        "kent/figure/one": "met"
    }
    assert found("REC-COUNT", counts(1, "body: committee", about=BOARD), child) == {
        "kent/figure/one": "met"
    }


def test_a_count_about_nothing_counts_everything_that_is_real():
    invented = (
        a("wonder/area/one", Area(name="One", type="place")),
        a("wonder/pack/w", Pack(name="W", systems=("wonder",), invented=True)),
    )
    assert found("REC-COUNT", counts(1, about=None), *place("deal"), *invented) == {
        "kent/figure/one": "met"
    }


def test_seats_count_by_the_body_they_are_on():
    assert found(
        "REC-COUNT", counts(2, "seat: chair", about=BOARD), *seats("chair", "chair", "other")
    ) == {"kent/figure/one": "met"}


def test_a_count_of_a_kind_that_is_not_kept_cannot_be_told():
    assert found("REC-COUNT", counts(2, "hospital: general")) == {"kent/figure/one": "cannot tell"}


def test_an_invented_area_inside_a_real_one_does_not_count():
    inside = (
        a("wonder/area/one", Area(name="One", type="place")),
        a("wonder/containment/one", Containment(part="wonder/area/one", whole=SYSTEM)),
        a("wonder/pack/w", Pack(name="W", systems=("wonder",), invented=True)),
    )
    assert found("REC-COUNT", counts(0), *inside) == {"kent/figure/one": "met"}
    own = counts(1, about="wonder/area/one")
    within = (
        a("wonder/area/two", Area(name="Two", type="place")),
        a("wonder/containment/two", Containment(part="wonder/area/two", whole="wonder/area/one")),
    )
    assert found("REC-COUNT", counts(2, about="wonder/area/one"), *inside, *within) == {
        "kent/figure/one": "met"
    }
    assert found("REC-COUNT", own, *inside) == {"kent/figure/one": "met"}


def test_a_count_of_what_is_not_on_record_that_day_cannot_be_told():
    assert found("REC-COUNT", counts(2, about="kent/area/gone")) == {
        "kent/figure/one": "cannot tell"
    }


# Names


def test_members_that_are_only_counted_are_a_warning():
    items = (counts(2), *place("deal"), *place("slot", named=False))
    record = kent(*items)(DAY)
    assert outcomes(record, "REC-NAMED") == {SYSTEM: "not met"}
    assert "1 of 2 on record" in said(record, "REC-NAMED", SYSTEM)
    assert [f.about for f in findings(record, "REC-NAMED")] == [("kent/area/slot",)]


def test_a_counted_set_whose_members_are_all_named_is_sound():
    assert found("REC-NAMED", counts(1), *place("deal")) == {SYSTEM: "met"}
    assert found("REC-NAMED", *place("deal")) == {}


# Places

DEAL = "kent/area/deal"
TWO_RULES = pytest.mark.parametrize("number", ["REC-PLACE", "DEL-14"])


@TWO_RULES
def test_a_place_lies_in_exactly_one_system(number):
    essex = a("essex/area/system", Area(name="Essex", type="system"))
    there = a(
        "kent/containment/there", Containment(part=DEAL, whole="essex/area/system", extent="part")
    )
    assert found(number, *place("deal")) == {DEAL: "met"}
    assert found(number, *place("deal"), essex, there) == {DEAL: "not met"}
    assert found(number, place("deal")[0]) == {DEAL: "cannot tell"}
    assert found(number, *place("deal", extent="part")) == {DEAL: "cannot tell"}


@TWO_RULES
def test_a_place_lies_in_its_system_through_an_area_between(number):
    between = place("east", kind="sub-area")
    assert found(number, *between, *place("deal", whole="kent/area/east")) == {DEAL: "met"}


@TWO_RULES
def test_a_place_is_asked_about_on_the_day(number):
    moved = a("kent/containment/deal", Containment(part=DEAL, whole=SYSTEM), until="2026-04-01")
    record = kent(place("deal")[0], moved)
    assert outcomes(record(date(2026, 3, 31)), number) == {DEAL: "met"}
    assert outcomes(record(date(2026, 4, 1)), number) == {DEAL: "cannot tell"}


# Populations

COUNTED = "kent/population/deal"


def population(**fields):
    return a(COUNTED, Population(of=DEAL, **fields))


def band(slug="national", low=250_000, high=500_000, within=None, kind="place"):
    return a(f"england/band/{slug}", Band(type=kind, at_least=low, at_most=high, within=within))


@pytest.mark.parametrize(
    ("people", "expected"),
    [(249_999, "not met"), (250_000, "met"), (500_000, "met"), (500_001, "not met")],
)
def test_a_population_lies_within_the_usual_band(people, expected):
    assert found("REC-BAND", *place("deal"), population(people=people), band()) == {
        COUNTED: expected
    }


def test_the_band_of_its_own_system_comes_before_that_of_england():
    own = band("own", 20_000, 100_000, within=SYSTEM)
    items = (*place("deal"), population(people=50_000), own, band())
    assert found("REC-BAND", *items) == {COUNTED: "met"}


def test_without_a_number_or_a_band_there_is_nothing_to_compare():
    words = population(printed="a small town")
    assert found("REC-BAND", *place("deal"), words, band()) == {COUNTED: "cannot tell"}
    assert found("REC-BAND", *place("deal"), population(people=1)) == {}
    assert found("REC-BAND", *place("deal"), population(people=1), band(kind="ward")) == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": "2021", "basis": "resident"}, "met"),
        ({"basis": "resident"}, "not met"),
        ({"year": "2021"}, "not met"),
    ],
)
def test_a_population_carries_its_year_and_basis(fields, expected):
    assert found("GEO-12", *place("deal"), population(people=1, **fields)) == {COUNTED: expected}


# Codes


def code(slug, of=BOARD, number="A1", since="2022-07-01", scheme="ODS"):
    return a(f"kent/code/{slug}", Code(of=of, type=scheme, code=number), since=since)


def test_codes_carry_dates():
    assert found("GEO-03", code("one")) == {SYSTEM: "met"}
    assert found("GEO-03", code("one", since=None)) == {"kent/code/one": "not met"}


def test_a_code_means_one_thing_at_a_time():
    twice = (code("one"), code("two", of=SYSTEM))
    assert found("GEO-04", *twice) == {"kent/code/one": "not met", "kent/code/two": "not met"}
    assert found("GEO-04", code("one"), code("two", of=SYSTEM, number="B2")) == {SYSTEM: "met"}
    assert found("GEO-04", code("one"), code("two", of=SYSTEM, scheme="ONS")) == {SYSTEM: "met"}


def test_a_code_is_no_identifier():
    named_by_code = a("kent/body/a1", Body(name="One", type="team"))
    assert found("GEO-10", named_by_code, code("one", of="kent/body/a1")) == {
        "kent/code/one": "not met"
    }
    assert found("GEO-10", code("one")) == {SYSTEM: "met"}


@pytest.mark.parametrize(
    "number", ["GEO-03", "GEO-04", "GEO-10", "REC-NAMED", "REC-COUNT", "GEO-12"]
)
def test_where_there_is_nothing_of_the_kind_nothing_is_found(number):
    assert found(number) == {}
