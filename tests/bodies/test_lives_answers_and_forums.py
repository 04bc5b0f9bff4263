"""The life of a body, who answers to whom, who serves an area, and forums that overlap."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.areas.facts import Area, Containment
from commonweal.bodies.answering import answer_to, answers_to, directions, relations, serving
from commonweal.bodies.boards import by_category, posts, seats_on
from commonweal.bodies.facts import Appointment, Body, Coverage, Post, Relation, Seat
from commonweal.bodies.forums import committees_of, forums_of, overlap_report
from commonweal.bodies.lifecycle import ORDER, stage_on, stages, steps_back
from tests.making import BOARD, FIRST_DAY, SYSTEM, a, kent, seat

FEBRUARY, MAY, JULY = date(2022, 2, 1), date(2022, 5, 1), date(2022, 7, 1)


def version(first, end, stage, **fields):
    return first, end, Body(name="Board", type="integrated care board", stage=stage, **fields)


LIFE = [
    version(JULY, None, "statutory"),
    version(FEBRUARY, MAY, "shadow"),
    version(MAY, JULY, "designate"),
]


def test_the_stages_of_a_body_follow_each_other_in_time():
    spans = stages(LIFE)
    assert [span.stage for span in spans] == ["shadow", "designate", "statutory"]
    assert stage_on(spans, date(2022, 4, 30)) == "shadow"
    assert stage_on(spans, MAY) == "designate"
    assert stage_on(spans, date(2022, 6, 30)) == "designate"
    assert stage_on(spans, JULY) == "statutory"
    assert stage_on(spans, date(2022, 1, 31)) is None
    assert list(steps_back(spans)) == []


def test_versions_of_one_stage_are_one_span_unless_there_is_a_gap_between():
    joined = stages(
        [version(FEBRUARY, MAY, "shadow"), version(MAY, JULY, "shadow", purpose="more")]
    )
    assert [(span.first_day, span.end) for span in joined] == [(FEBRUARY, JULY)]
    apart = stages([version(FEBRUARY, MAY, "shadow"), version(JULY, None, "shadow")])
    assert len(apart) == 2
    assert stage_on(apart, MAY) is None


def test_a_stage_that_goes_back_is_told():
    back = stages([version(FEBRUARY, MAY, "statutory"), version(MAY, None, "shadow")])
    assert list(steps_back(back)) == [
        "From 1 May 2022 it is shadow, although it was statutory before."
    ]


@settings(deadline=None, max_examples=50)  # other work shares the machine
@given(st.lists(st.sampled_from(ORDER), max_size=6))
def test_a_life_in_order_never_steps_back(names):
    days = [date(2020 + n, 1, 1) for n in range(len(names) + 1)]
    ordered = sorted(names, key=ORDER.index)
    life = [version(days[n], days[n + 1], stage) for n, stage in enumerate(ordered)]
    assert list(steps_back(stages(life))) == []


def body(slug, kind="team", **fields):
    return a(f"kent/body/{slug}", Body(name=f"The {slug}", type=kind, **fields))


def relation(who, kind, to, **fields):
    fact = Relation(who=who, type=kind, to_whom=to, **fields)
    return a(f"kent/relation/{kind.replace(' ', '-')}", fact)


def test_to_answer_to_a_body_is_not_to_be_directed_by_it():
    snapshot = kent(
        body("team"), body("trust"), body("committee", "committee", parents=(BOARD,)),
        relation("kent/body/team", "accountable to", BOARD), relation(BOARD, "cannot direct", "kent/body/trust"),
        relation("kent/body/trust", "reports to", BOARD, status="proposed"),
    )(FIRST_DAY)  # fmt: skip
    assert [(x.who, x.how) for x in answer_to(snapshot, BOARD)] == [
        ("kent/body/team", "accountable to"), ("kent/body/committee", "committee or part of"),
    ]  # fmt: skip
    assert [x.to for x in answers_to(snapshot, "kent/body/committee")] == [BOARD]
    assert [x.to for x in answers_to(snapshot, "kent/body/team")] == [BOARD]
    assert answers_to(snapshot, "kent/body/trust") == ()
    assert [(x.how, x.to) for x in directions(snapshot, BOARD)] == [
        ("cannot direct", "kent/body/trust")
    ]
    assert len(relations(snapshot, BOARD)) == 2


def test_the_bodies_that_serve_an_area_are_its_own_those_of_larger_ones_and_providers():
    snapshot = kent(
        a("kent/area/deal", Area(name="Deal", type="place")),
        a("kent/area/ward", Area(name="Ward", type="ward")),
        a("kent/containment/deal", Containment(part="kent/area/deal", whole=SYSTEM)),
        a("kent/containment/ward", Containment(part="kent/area/ward", whole="kent/area/deal")),
        body("place", "place board", areas=("kent/area/deal",)), body("surgery", areas=("kent/area/ward",)),
        body("trust"), body("partly"), body("planned", areas=("kent/area/deal",), status="proposed"),
        a("kent/coverage/trust", Coverage(provider="kent/body/trust", area=SYSTEM, extent="whole")),
        a("kent/coverage/partly", Coverage(provider="kent/body/partly", area=SYSTEM, extent="part")),
    )(FIRST_DAY)  # fmt: skip
    assert {each.body: each.how for each in serving(snapshot, "kent/area/deal")} == {
        "kent/body/place": "its area",
        BOARD: "a larger area",
        "kent/body/trust": "provider",
        "kent/body/surgery": "part of the area",
    }
    # A provider that serves only part of the system may serve another part.
    assert "kent/body/partly" in {each.body for each in serving(snapshot, SYSTEM)}


def council(*forums):
    own = a("kent/body/council", Body(name="The council", type="council", areas=(SYSTEM,)))
    return kent(own, *forums)(FIRST_DAY)


def forum(slug, kind="place forum", **fields):
    return body(slug, kind, **{"parents": ("kent/body/council",)} | fields)


def test_several_forums_of_one_council_are_told_role_by_role():
    snapshot = council(
        forum("leaders"), forum("executive", purpose="Joint commissioning"),
        forum("joint", "joint committee", purpose="Joint commissioning"),
        a("kent/seat/one", Seat(body="kent/body/leaders", role="Member", nominated_by="kent/body/council")),
        a("kent/seat/two", Seat(body="kent/body/joint", role="Member", nominated_by="kent/body/council")),
    )  # fmt: skip
    (report,) = overlap_report(snapshot)
    assert report.council == "kent/body/council"
    assert {each.role: each.forums for each in report.overlaps} == {
        "Joint commissioning": ("kent/body/executive", "kent/body/joint"),
        "place forum": ("kent/body/executive", "kent/body/leaders"),
        "a seat for Member, The council": ("kent/body/joint", "kent/body/leaders"),
    }


def test_one_forum_overlaps_with_nothing_and_a_forum_of_the_same_ground_counts():
    assert overlap_report(council(forum("leaders"))) == ()
    shared = forum("place", "place board", parents=(), areas=(SYSTEM,))
    names = [name for name, _ in forums_of(council(shared, forum("leaders")), "kent/body/council")]
    assert names == ["kent/body/leaders", "kent/body/place"]


def test_seats_and_posts_of_a_body_shared_ones_included():
    snapshot = kent(
        seat("chair", "chair"), seat("finance", "director of finance", status="proposed"), body("trust"),
        a("kent/post/chief", Post(name="Chief executive", bodies=(BOARD, "kent/body/trust"))),
        a("kent/appointment/chair", Appointment(holds="kent/seat/chair", holder="Holder of the seat")),
    )(FIRST_DAY)  # fmt: skip
    every = seats_on(snapshot, BOARD)
    assert {kind: len(found) for kind, found in by_category(every).items()} == {
        "chair": 1,
        "director of finance": 1,
    }
    assert [s.sits for s in every] == [True, False]
    assert [fact.holder for _, fact in every[0].held_by] == ["Holder of the seat"]
    assert [name for name, _ in posts(snapshot, "kent/body/trust")] == ["kent/post/chief"]


def test_a_committee_is_found_by_the_word_for_what_it_does():
    snapshot = kent(body("audit", "committee", parents=(BOARD,)), body("other", parents=(BOARD,)))(
        FIRST_DAY
    )
    assert [name for name, _ in committees_of(snapshot, BOARD, "audit")] == ["kent/body/audit"]
