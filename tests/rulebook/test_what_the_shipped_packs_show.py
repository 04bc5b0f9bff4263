"""What the rules find wrong in the packs that ship: exactly this, each with the source that shows it.

A finding that is not in the table is either a fault in the program, or something the sources really
contain and nobody has judged yet. Read the source, then add the row or mend the check.
"""

from datetime import date
from typing import NamedTuple

import pytest

from commonweal.bodies.boards import members
from commonweal.bodies.checks.partnerships import councils_of
from commonweal.bodies.facts import Body
from commonweal.statute.minimums import partnership_minimum
from commonweal.statute.runner import run
from tests.making import outcomes, shipped

OPEN = "9999-12-31"


class Wrong(NamedTuple):
    """One thing that the sources contain.

    since, until  the days on which it shows, half-open
    because       words that the finding must hold
    source        where a person can see that it is so
    """

    since: str
    until: str
    rule: str
    subject: str
    because: str
    source: str


BRIEFING = (
    "North East and North Cumbria briefing, panels of the four partnerships: people, no basis"
)
PLACES = "King's Fund on place-based partnerships, what is a place: the sizes are given in passing"
SLOTS = "North East and North Cumbria briefing: the panels count what they do not list"
DORSET = "Dorset paper of May 2021: 18 networks and 8 partners are counted; figure 1 is lost"
SOUTHAMPTON = "Southampton paper of spring 2022, paragraph 26: six networks, none of them named"
KINGS = "King's Fund on place-based partnerships: counted, or described, without names"
CAPTION = "King's Fund on integrated care systems, caption of map 2; the map itself is lost"
TABLE = "Table of boards, column of approximate populations: no year, no basis"
GROUP = "Southampton paper of spring 2022: its pool and its place board are those of the group"
PACK = "Exampleshire is invented; its pack lists this breach as made on purpose"

NENC = "north-east-and-north-cumbria"
NOTTS = "nottingham-and-nottinghamshire"
SNEE = "suffolk-and-north-east-essex"
BOB = "buckinghamshire-oxfordshire-and-berkshire-west"
HIOW = "hampshire-and-isle-of-wight"
ONE = "1 of 1 on record"


def _unnamed(since: str, system: str, because: str, source: str, until: str = OPEN) -> Wrong:
    return Wrong(since, until, "REC-NAMED", f"{system}/area/system", because, source)


def _no_basis(since: str, population: str, source: str, until: str = OPEN) -> Wrong:
    return Wrong(since, until, "GEO-12", population, "without", source)


WRONG = [
    # The weekday: the only breach of a full rule in a real system.
    Wrong("2012-01-01", OPEN, "REC-WEEKDAY", "black-country-wolverhampton/meeting/panel-2022-11-10",
          "10 November 2022 was a Thursday", "Wolverhampton minutes of 22 September 2022: Friday, 10 November 2022"),
    # Warnings: a population above the band for systems.
    Wrong("2022-08-19", OPEN, "REC-BAND", f"{NENC}/population/system", "3,101,000",
          "The sum of the four panels of the briefing; King's Fund gives 500,000 to 3 million"),
    # A warning: a milestone planned for a day before the law that it waits for, until it was moved.
    Wrong("2021-05-01", "2022-07-01", "DLV-ORDER", "dorset/milestone/board-established",
          "due by 28 April 2022", "Dorset paper of May 2021, paragraph 2.7: 1 April 2022; the Act is of 28 April"),
    # Warnings: populations whose source gives no year or no basis.
    _no_basis("2018-08-01", f"{HIOW}/population/system", "Hampshire and Isle of Wight paper: 2 million"),
    _no_basis("2021-04-01", f"{BOB}/population/about", TABLE, "2026-04-01"),
    _no_basis("2026-04-01", "thames-valley/population/about", TABLE),
    _no_basis("2021-07-01", f"{NENC}/population/durham-south-tyneside-and-sunderland", BRIEFING),
    _no_basis("2021-07-01", f"{NENC}/population/north-cumbria", BRIEFING),
    _no_basis("2021-07-01", f"{NENC}/population/north-of-tyne-and-gateshead", BRIEFING),
    _no_basis("2021-07-01", f"{NENC}/population/system", BRIEFING),
    _no_basis("2021-07-01", f"{NENC}/population/tees-valley", BRIEFING),
    _no_basis("2022-11-03", "dorset/population/system", PLACES),
    _no_basis("2022-11-03", f"{NOTTS}/population/system", PLACES),
    _no_basis("2022-11-03", "south-east-london/population/system", PLACES),
    _no_basis("2022-11-03", f"{SNEE}/population/system", PLACES, "2026-04-01"),
    # Warnings: members that a source counts or describes but does not name.
    _unnamed("2018-08-01", HIOW, "3 of 4 on record (body of the type council)",
             "Hampshire and Isle of Wight paper: all four local authorities, none named"),
    _unnamed("2022-03-01", HIOW, "6 of 6 on record (area of the type network)", SOUTHAMPTON),
    _unnamed("2022-03-01", HIOW, "6 of 6 on record (body of the type primary care network)", SOUTHAMPTON),
    _unnamed("2021-05-17", "dorset", "18 of 18 on record (area of the type network)", DORSET),
    _unnamed("2021-05-17", "dorset", "18 of 18 on record (body of the type primary care network)", DORSET),
    _unnamed("2021-05-17", "dorset", "8 of 8 on record (body of the type partner)", DORSET),
    _unnamed("2021-07-01", NENC, "15 of 16 on record (body of the type clinical network)", SLOTS),
    _unnamed("2021-07-01", NENC, "4 of 4 on record (area of the type district)", SLOTS),
    _unnamed("2021-07-01", NENC, "66 of 66 on record (area of the type network)", SLOTS),
    _unnamed("2021-07-01", NENC, "66 of 66 on record (body of the type primary care network)", SLOTS),
    _unnamed("2022-08-19", "south-yorkshire", "36 of 36 on record (area of the type neighbourhood)", CAPTION),
    _unnamed("2022-08-19", "south-yorkshire", "5 of 5 on record (area of the type place)", CAPTION),
    _unnamed("2022-11-03", "greater-manchester", f"{ONE} (body of the type place board)", KINGS),
    _unnamed("2022-11-03", "north-central-london", f"{ONE} (body of the type leadership group)", KINGS, "2026-04-01"),
    _unnamed("2022-11-03", "north-central-london", f"{ONE} (body of the type place board)", KINGS, "2026-04-01"),
    _unnamed("2022-11-03", NOTTS, "1 of 2 on record (area of the type council area)", KINGS),
    _unnamed("2022-11-03", NOTTS, "1 of 2 on record (body of the type council)", KINGS),
    _unnamed("2022-11-03", NOTTS, "3 of 4 on record (area of the type place)", KINGS),
    _unnamed("2022-11-03", "south-east-london", "4 of 6 on record (area of the type place)", KINGS),
    _unnamed("2022-11-03", "south-east-london", "6 of 6 on record (body of the type council)", KINGS),
    _unnamed("2022-11-03", SNEE, "3 of 3 on record (area of the type place)", KINGS, "2026-04-01"),
    _unnamed("2022-11-03", "west-yorkshire", "5 of 5 on record (body of the type place board)", KINGS),
    # A budget of Wolverhampton's in two tables of one pack.
    Wrong("2022-12-12", OPEN, "MON-TIE", "black-country-wolverhampton/budget/health-panel-2022-23-revised",
          "−£596,000 of it is not explained", "Wolverhampton pack: quarter 2 table and draft budget"),
    # Exampleshire, as its pack says.
    Wrong("2021-05-01", OPEN, "REC-COUNT", "exampleshire/figure/networks-review",
          "13 networks; the record holds 12", PACK),
    Wrong("2022-07-01", OPEN, "HWB-02", "exampleshire/body/exampleton-wellbeing-board",
          "none for a local Healthwatch", PACK),
    Wrong("2022-07-04", OPEN, "ICB-PUB-01", "exampleshire/body/icb", "functions and decisions map", PACK),
    Wrong("2022-12-01", OPEN, "REC-BAND", "exampleshire/population/exampleton", "230,000", PACK),
    Wrong("2023-03-30", OPEN, "ICB-COI-03", "exampleshire/interest/finance-supplier", "29 days after", PACK),
    Wrong("2024-03-12", OPEN, "REC-WEEKDAY", "exampleshire/meeting/board-2024-03-12",
          "12 March 2024 was a Tuesday", PACK),
    Wrong("2024-05-22", OPEN, "ICB-MTG-02", "exampleshire/meeting/board-2024-05-22", "1 clear day before", PACK),
    Wrong("2024-05-22", OPEN, "REC-DECISION", "exampleshire/decision/winter-plan-2024", "Not met, notice", PACK),
    Wrong("2024-10-10", OPEN, "REC-DECISION", "exampleshire/decision/north-by-exampleton-2024", "Not met, chain", PACK),
    Wrong("2025-01-20", OPEN, "REC-DECISION", "exampleshire/decision/north-equipment-van-2025", "Not met, limit", PACK),
    Wrong("2025-02-05", OPEN, "REC-DECISION", "exampleshire/decision/medicines-council-2025", "Not met, power", PACK),
    Wrong("2025-02-05", OPEN, "REC-DECISION", "exampleshire/decision/day-centre-2025", "Not met, publication", PACK),
    Wrong("2025-02-24", OPEN, "REC-DECISION", "exampleshire/decision/scans-again-2025", "Not met, limit", PACK),
    Wrong("2025-03-12", OPEN, "REC-DECISION", "exampleshire/decision/practice-payments-2025", "Not met, conflict", PACK),
    Wrong("2025-03-12", OPEN, "REC-DECISION", "exampleshire/decision/shared-care-record-2025", "Not met, endorsements", PACK),
    Wrong("2025-06-18", OPEN, "REC-DECISION", "exampleshire/decision/north-equipment-2025", "Not met, quorum", PACK),
    Wrong("2025-09-17", OPEN, "REC-DECISION", "exampleshire/decision/north-hub-2025", "Not met, reservations", PACK),
    Wrong("2025-11-05", OPEN, "REC-DECISION", "exampleshire/decision/mental-health-contract-2026", "Not met, quorum", PACK),
    Wrong("2025-11-05", OPEN, "REC-DECISION", "exampleshire/decision/clinic-hours-2025", "Not met, regard and consultation", PACK),
    Wrong("2024-07-10", OPEN, "SCR-22", "exampleshire/reconfiguration/births-at-night", "did alone", PACK),
    Wrong("2025-08-08", OPEN, "SCR-08", "exampleshire/reconfiguration/night-ward", "told only on", PACK),
    Wrong("2026-04-17", OPEN, "HW-03", "exampleshire/healthwatch-report/getting-an-appointment",
          "due by 16 April 2026", PACK),
    Wrong("2026-08-08", OPEN, "SCR-06", "exampleshire/recommendation/weekend-walk-in",
          "due by 7 August 2026", PACK),
    Wrong("2026-11-18", OPEN, "SCR-06", "exampleshire/recommendation/crisis-nurse",
          "due by 17 November 2026", PACK),
    Wrong("2025-03-13", OPEN, "PSR-01", "exampleshire/provider-selection/home-equipment", "25.00 per cent", PACK),
    Wrong("2025-03-13", OPEN, "PSR-02", "exampleshire/provider-selection/home-equipment", "held it not considerable", PACK),
    Wrong("2025-03-13", OPEN, "PSR-03", "exampleshire/provider-selection/home-equipment", "social value", PACK),
    Wrong("2025-11-25", OPEN, "PSR-08", "exampleshire/provider-selection/mental-health", "end of 25 November 2025", PACK),
    Wrong("2025-12-29", OPEN, "PSR-04", "exampleshire/provider-selection/mental-health", "was 25 December 2025", PACK),
    Wrong("2025-04-01", OPEN, "S75-05", "exampleshire/agreement/better-care", "It does not state", PACK),
    Wrong("2025-04-01", OPEN, "S75-06", "exampleshire/agreement/better-care", "It names 2 hosts", PACK),
    Wrong("2025-10-31", OPEN, "S75-07", "exampleshire/agreement/reablement",
          "2025/26 Q2: due on 30 October 2025", PACK),
    Wrong("2025-04-01", OPEN, "MON-BCF", "exampleshire/better-care-plan/exampleton-2025-26",
          "£100,000 of “Improved Better Care Fund” is not planned", PACK),
    Wrong("2025-10-06", OPEN, "DLV-DATE", "exampleshire/milestone/teams-first", "reached on 6 October 2025", PACK),
    Wrong("2026-06-11", OPEN, "DLV-DATE", "exampleshire/milestone/record-tested", "reached on 11 June 2026", PACK),
    Wrong("2026-10-01", OPEN, "DLV-DATE", "exampleshire/milestone/teams-all", "it is under way", PACK),
    Wrong("2024-03-20", OPEN, "ICS-01", "exampleshire/plan/strategy-2024", "People without a car", PACK),
    Wrong("2024-04-30", OPEN, "JFP-03", "exampleshire/plan/forward-2024", "a copy to Exampleton", PACK),
    Wrong("2025-07-10", OPEN, "REP-02", "exampleshire/plan/report-2025", "Exampleton Health and Wellbeing", PACK),
    Wrong("2026-05-28", OPEN, "JFP-01", "exampleshire/plan/forward-2026", "ready on 9 April 2026", PACK),
    Wrong("2026-05-28", OPEN, "JFP-02", "exampleshire/plan/forward-2026", "Victims of abuse", PACK),
    Wrong("2026-05-28", OPEN, "JFP-11", "exampleshire/plan/forward-2026", "an answer to each view", PACK),
    Wrong("2025-03-12", OPEN, "ICB-COI-05", "exampleshire/item/board-2025-03-12-2", "took full part", PACK),
    *(
        Wrong("2025-04-01", OPEN, "OVR-TWICE", f"exampleshire/oversight/{first}", f"{who} is asked ‘{what}", PACK)
        for first, who, what in (
            ("contract-review", "Hospitals NHS Foundation Trust", "How many people"),
            ("contract-review", "Hospitals NHS Foundation Trust", "How many shifts"),
            ("contract-review", "Mental Health and Community NHS Trust", "How many people"),
            ("contract-review", "Mental Health and Community NHS Trust", "How many shifts"),
            ("network-visits", "General Practice Federation", "What was learnt"),
        )
    ),
    Wrong("2025-09-09", "2026-04-01", "NOF-02", "exampleshire/oversight-segment/hospitals-2025-26",
          "in deficit, yet in segment 2", PACK),
    Wrong("2026-01-01", "2026-06-16", "OVR-ASSURED", "exampleshire/risk/winter-beds", "31 December 2025", PACK),
    Wrong("2026-11-11", OPEN, "OVR-ASSURED", "exampleshire/risk/winter-beds", "10 November 2026", PACK),
    Wrong("2026-04-01", "2026-11-10", "OVR-APPETITE", "exampleshire/risk/balance", "31 March 2026", PACK),
    Wrong("2026-04-01", OPEN, "OVR-APPETITE", "exampleshire/risk/therapists", "score of 16", PACK),
    Wrong("2026-11-01", OPEN, "OVR-FRESH", "exampleshire/evidence/shifts", "31 October 2026", PACK),
    Wrong("2026-11-10", OPEN, "OVR-ONE-PLAN", "exampleshire/recovery-plan/talking-therapies",
          "beside the plan", PACK),
    Wrong("2022-07-01", OPEN, "OVR-HOME", f"{HIOW}/succession/ccg-d9y0v", "still name it", GROUP),
    Wrong("2025-04-01", "2026-04-01", "OVR-HOME",
          "exampleshire/succession/joint-board-to-place-forum", "Carers pool", PACK),
    Wrong("2027-04-01", OPEN, "OVR-HOME",
          "exampleshire/succession/south-place-board-to-two-rivers-place-board",
          "Exampleshire Council to South Exampleshire Place Board", PACK),
]  # fmt: skip

DAYS = [
    date(2018, 7, 31), date(2018, 8, 1), date(2021, 4, 1), date(2022, 5, 1), date(2022, 6, 30),
    date(2022, 7, 1), date(2022, 11, 10), date(2022, 12, 12), date(2024, 5, 21), date(2024, 5, 22),
    date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def packs():
    return shipped()


def _expected(day):
    return [row for row in WRONG if row.since <= day.isoformat() < row.until]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_rules_find_what_the_sources_contain_and_nothing_else(packs, day):
    expected = _expected(day)
    unforeseen = []
    for found in run(packs(day)).breaches:
        rows = [
            row
            for row in expected
            if (row.rule, row.subject) == (found.rule, found.subject)
            and row.because in found.because
        ]
        if rows:
            expected.remove(rows[0])
        else:
            unforeseen.append(f"{found.rule} {found.subject}: {found.because}")
    assert (unforeseen, expected) == ([], [])


def test_no_board_of_a_real_system_is_said_to_break_the_law(packs):
    for day in DAYS:
        snapshot = packs(day)
        report = run(snapshot)
        warnings = set(report.warnings)
        real = [
            found
            for found in report.breaches
            if found not in warnings and found.subject.partition("/")[0] not in snapshot.invented
        ]
        assert [found.rule for found in real] == ["REC-WEEKDAY"]


def outcome(packs, day, number, subject):
    return {f.subject: f.outcome for f in run(packs(day), rules=[number]).findings}[subject]


ENGLAND = "england/area/england"


def test_england_has_106_groups_then_42_boards_then_36(packs):
    assert outcome(packs, date(2022, 6, 30), "GEO-09", ENGLAND) == "met"
    assert outcome(packs, date(2022, 7, 1), "GEO-08", ENGLAND) == "met"
    assert outcome(packs, date(2026, 3, 31), "GEO-08", ENGLAND) == "met"
    assert outcome(packs, date(2026, 4, 1), "GEO-13", ENGLAND) == "met"


def test_england_is_divided_without_overlap_or_gap_until_old_groups_were_split(packs):
    assert outcome(packs, date(2022, 7, 1), "ICB-EST-02", ENGLAND) == "met"
    assert outcome(packs, date(2026, 3, 31), "ICB-EST-02", ENGLAND) == "met"
    # No source says how the six groups of two divided boards lie in the new ones.
    assert outcome(packs, date(2026, 4, 1), "ICB-EST-02", ENGLAND) == "cannot tell"


def test_all_sixteen_pairs_of_april_2026_are_on_record(packs):
    assert outcome(packs, date(2026, 4, 1), "GEO-07", ENGLAND) == "met"
    assert outcome(packs, date(2026, 4, 1), "GEO-11", "frimley/body/icb") == "met"


SOUTHAMPTON_SEATS = "hampshire-and-isle-of-wight/seat/place-board"


def test_the_southampton_table_of_who_decided_before_july_2022(packs):
    # Worked example: rule catalogue, section 8; the paper's own table is its paragraph 26.
    snapshot = packs(date(2022, 5, 1))
    barred, deciding = (outcomes(snapshot, number) for number in ("CCG-05", "CCG-06"))
    for trust in ("uhs", "solent", "southern"):
        assert barred[f"{SOUTHAMPTON_SEATS}-provider-{trust}"] == "met"
    southampton = {n: each for n, each in deciding.items() if n.startswith(SOUTHAMPTON_SEATS)}
    assert len(southampton) == 8
    # The eighth vote is that of one network's clinical director, and for whom the paper does not say.
    not_told = [n for n, each in southampton.items() if each != "met"]
    assert not_told == [f"{SOUTHAMPTON_SEATS}-network-clinical-director-1"]
    assert run(packs(date(2022, 7, 1)), rules=["CCG-05", "CCG-06"]).findings == ()


@pytest.mark.parametrize(
    ("system", "councils", "fewest"),
    [
        ("hampshire-and-isle-of-wight", 4, 5),
        ("dorset", 2, 3),
        ("north-east-and-north-cumbria", 13, 14),
    ],
)
def test_the_fewest_members_of_a_partnership_follow_from_its_councils(
    packs, system, councils, fewest
):
    # Worked examples: rule catalogue, section 12.
    snapshot = packs(date(2022, 7, 1))
    board = snapshot.get(f"{system}/body/icb")
    found = list(councils_of(snapshot, board))
    assert len(found) == councils
    assert partnership_minimum(len(found)) == fewest


def test_the_wolverhampton_panel_has_nine_councillors_and_one_co_opted_member(packs):
    snapshot = packs(date(2022, 12, 12))
    (panel,) = [
        n for n, b in snapshot.all(Body).items() if b.name.endswith("Health Scrutiny Panel")
    ]
    seats = [sitting.seat for sitting in members(snapshot, panel)]
    co_opted = [seat for seat in seats if seat.basis == "co-opted"]
    assert (len(seats) - len(co_opted), len(co_opted)) == (9, 1)
    assert co_opted[0].voting == "not stated"


def test_the_expected_board_of_the_north_east_would_reach_both_minimums(packs):
    board = "north-east-and-north-cumbria/body/icb"
    for number in ("ICB-CON-02", "ICB-POL-01"):
        (found,) = [
            f for f in run(packs(date(2022, 7, 1)), rules=[number]).findings if f.subject == board
        ]
        assert found.outcome == "cannot tell"
        assert "would reach the minimum" in found.because
