"""The rule book is complete, and refuses a rule that does not say where it comes from."""

import re
from datetime import date

import pytest

from commonweal.statute.errors import BadRules, UnknownRule
from commonweal.statute.rule import read_rules, rule, rule_book
from commonweal.statute.runner import CHECKS

NUMBERS = [
    "ICB-EST-01",
    "ICB-EST-02",
    "ICB-EST-03",
    "ICB-EST-04",
    "ICB-EST-05",
    "ICB-EST-06",
    "ICB-EST-07",
    "ICB-CON-01",
    "ICB-CON-02",
    "ICB-CON-03",
    "ICB-CON-04",
    "ICB-CON-05",
    "ICB-CON-06",
    "ICB-CON-07",
    "ICB-CON-08",
    "ICB-CON-09",
    "ICB-CON-10",
    "ICB-CON-11",
    "ICB-CON-12",
    "ICB-CON-13",
    "ICB-CON-14",
    "ICB-CON-15",
    "ICB-CON-16",
    "ICB-NOM-01",
    "ICB-NOM-02",
    "ICB-NOM-03",
    "ICB-POL-01",
    "ICB-POL-02",
    "ICB-POL-03",
    "ICB-POL-04",
    "ICB-DIS-01",
    "ICB-DIS-02",
    "ICB-DIS-03",
    "ICB-DIS-04",
    "ICB-DIS-05",
    "ICB-QUO-01",
    "ICB-QUO-02",
    "ICB-QUO-03",
    "ICB-COM-01",
    "ICB-PUB-01",
    "ICB-PUB-02",
    "ICB-PUB-03",
    "ICB-PUB-04",
    "ICB-MTG-01",
    "ICB-MTG-02",
    "ICB-COI-01",
    "ICB-COI-02",
    "ICB-COI-03",
    "ICB-COI-04",
    "ICB-COI-05",
    "ICB-SKL-01",
    "ICB-POP-01",
    "ICB-POP-02",
    "CCG-01",
    "CCG-02",
    "CCG-03",
    "CCG-04",
    "CCG-05",
    "CCG-06",
    "CCG-07",
    "CCG-08",
    "ICP-01",
    "ICP-02",
    "ICP-04",
    "HWB-01",
    "HWB-02",
    "HWB-04",
    "HWB-12",
    "DEL-13",
    "DEL-14",
    "GEO-01",
    "GEO-02",
    "GEO-03",
    "GEO-04",
    "GEO-05",
    "GEO-06",
    "GEO-07",
    "GEO-08",
    "GEO-09",
    "GEO-10",
    "GEO-11",
    "GEO-12",
    "GEO-13",
    "REC-WEEKDAY",
    "REC-SOURCE",
    "REC-NAMED",
    "REC-COUNT",
    "REC-PLACE",
    "REC-BAND",
    "REC-DECISION",
    "SCR-01",
    "SCR-02",
    "SCR-03",
    "SCR-04",
    "SCR-05",
    "SCR-06",
    "SCR-07",
    "SCR-08",
    "SCR-09",
    "SCR-10",
    "SCR-11",
    "SCR-12",
    "SCR-13",
    "SCR-14",
    "SCR-15",
    "SCR-16",
    "SCR-17",
    "SCR-18",
    "SCR-19",
    "SCR-20",
    "SCR-21",
    "SCR-22",
    "SCR-23",
    "SCR-24",
    "SCR-25",
    "SCR-26",
    "SCR-27",
    "REC-01",
    "REC-02",
    "REC-03",
    "REC-04",
    "REC-05",
    "REC-06",
    "REC-07",
    "REC-08",
    "HW-01",
    "HW-02",
    "HW-03",
    "HW-04",
    "HW-05",
    "HW-06",
    "HW-07",
    "PSR-01",
    "PSR-02",
    "PSR-03",
    "PSR-04",
    "PSR-05",
    "PSR-06",
    "PSR-07",
    "PSR-08",
    "PSR-09",
    "PSR-10",
    "PSR-11",
    "CMP-01",
    "S75-05",
    "S75-06",
    "S75-02",
    "S75-07",
    "DEL-05",
    "MON-PARTNERS",
    "MON-SHARES",
    "MON-CAST",
    "MON-TIE",
    "MON-RESERVE",
    "MON-GAP",
    "MON-OFFSET",
    "MON-CONTROL",
    "MON-BCF",
    "MON-BCF-YEAR",
    "MON-BCF-MIN",
    "MON-BCF-POOL",
    "MON-COMMIT",
    "MON-SPENT",
    "MON-RING",
    "MON-LATE",
    "MON-DECISION",
    "DEM-STATED",
    "DEM-AGREED",
    "DEM-RESULT",
    "DLV-DATE",
    "DLV-ORDER",
    "DLV-OWNER",
    "DLV-EVIDENCE",
    "DLV-CELL",
    "PLN-JSNA-01",
    "PLN-JSNA-02",
    "ICP-03",
    "ICS-01",
    "ICS-02",
    "ICS-03",
    "ICS-04",
    "ICS-05",
    "ICS-06",
    "ICS-07",
    "JLH-01",
    "JLH-02",
    "REG-01",
    "JFP-01",
    "JFP-02",
    "JFP-03",
    "JFP-04",
    "JFP-07",
    "JFP-08",
    "JFP-09",
    "JFP-10",
    "JFP-11",
    "JFP-12",
    "JFP-13",
    "JFP-14",
    "CAP-01",
    "CAP-02",
    "CAP-03",
    "REP-01",
    "REP-02",
    "REP-03",
    "REP-04",
    "HWB-11",
    "DUT-34",
    "DUT-35",
    "DUT-36",
    "DUT-37",
    "DUT-38",
    "DUT-39",
    "DUT-40",
    "DUT-41",
    "DUT-42",
    "DUT-43",
    "DUT-44",
    "DUT-45",
    "DUT-49",
    "DUT-FIN",
    "DUT-X3",
    "REC-REGARD",
    "OVR-TARGET",
    "OVR-APPETITE",
    "OVR-ASSURED",
    "OVR-OWNER",
    "OVR-ONE-PLAN",
    "OVR-EXIT",
    "OVR-FRESH",
    "OVR-HOME",
    "OVR-TWICE",
    "CQC-01",
    "CQC-02",
    "ASM-01",
    "ASM-02",
    "NOF-01",
    "NOF-02",
]

SOUND = {
    "id": "TEST-01",
    "title": "A rule",
    "binds": "nobody",
    "says": "Something is so.",
    "law": "Some Act 2000",
    "at": "section 1",
    "kind": "statute",
    "starts": "2020-01-01",
    "subjects": "[body]",
    "cannot_tell": "Nothing.",
    "memory": "high",
}


def page(*rules):
    """A file of rules, written out as YAML."""
    return "group: Tests\nrules:" + "".join(f"\n  - {_braced(each)}" for each in rules)


def _braced(fields):
    inside = ", ".join(f"{key}: {value}" for key, value in fields.items())
    return f"{{{inside}}}"


def book(*rules, seen=()):
    return read_rules({"tests.yaml": page(*rules)}, dict(seen))


def test_the_book_holds_every_rule_of_the_catalogue_and_no_other():
    assert sorted(each.id for each in rule_book()) == sorted(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_rule_says_what_it_asks_who_says_so_and_what_it_cannot_tell(number):
    law = rule(number)
    assert law.says.endswith(".")
    assert law.cannot_tell.endswith(".")
    assert len(law.title.split()) <= 8
    assert law.cite
    assert law.verified.in_words()


@pytest.mark.parametrize("number", NUMBERS)
def test_no_rule_uses_an_acronym_that_a_reader_would_have_to_know(number):
    law = rule(number)
    text = f"{law.title} {law.says} {law.cannot_tell} {law.note} {law.lacks}"
    assert set(re.findall(r"\b[A-Z]{2,}\b(?!-)", text)) <= {"NHS"}


def test_only_judgements_of_a_person_are_left_to_a_person():
    judged = {law.id for law in rule_book() if law.awaits == "judgement"}
    assert judged == {"ICB-CON-08", "ICB-CON-09"}


def test_every_registered_check_is_of_a_rule_in_the_book():
    assert set(CHECKS) <= set(NUMBERS)


@pytest.mark.parametrize(
    ("number", "day", "in_force"),
    [
        ("ICB-CON-02", date(2022, 6, 30), False),
        ("ICB-CON-02", date(2022, 7, 1), True),
        ("CCG-01", date(2013, 3, 31), False),
        ("CCG-01", date(2013, 4, 1), True),
        ("CCG-01", date(2022, 6, 30), True),
        ("CCG-01", date(2022, 7, 1), False),
        ("CCG-02", date(2014, 9, 30), False),
        ("CCG-02", date(2014, 10, 1), True),
        ("CCG-04", date(2014, 9, 30), True),
        ("CCG-04", date(2014, 10, 1), False),
        ("ICB-EST-04", date(2022, 5, 8), False),
        ("ICB-EST-04", date(2022, 5, 9), True),
        ("ICB-EST-04", date(2022, 7, 1), False),
        ("ICB-CON-16", date(2024, 12, 15), False),
        ("ICB-CON-16", date(2024, 12, 16), True),
        ("GEO-08", date(2026, 3, 31), True),
        ("GEO-08", date(2026, 4, 1), False),
        ("GEO-13", date(2026, 3, 31), False),
        ("GEO-13", date(2026, 4, 1), True),
    ],
)
def test_a_rule_is_in_force_from_its_first_day_until_the_day_before_its_end(number, day, in_force):
    assert rule(number).in_force(day) is in_force


def test_the_statutory_and_the_policy_minimum_of_a_board_are_two_rules():
    assert (rule("ICB-CON-02").kind, rule("ICB-POL-01").kind) == ("statute", "policy")
    assert not rule("ICB-CON-02").minimum.keys() & rule("ICB-POL-01").minimum.keys()


def test_a_sound_rule_is_read():
    assert [each.cite for each in book(SOUND)] == ["Some Act 2000, section 1"]


@pytest.mark.parametrize("missing", ["law", "at", "starts", "says", "kind", "cannot_tell"])
def test_a_rule_without_citation_dates_or_words_is_refused(missing):
    with pytest.raises(BadRules, match=rf"tests\.yaml, TEST-01: .*{missing}"):
        book({key: value for key, value in SOUND.items() if key != missing})


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"at": "''"}, "`at` is empty"),
        ({"ends": "2020-01-01"}, "not after its start on 1 January 2020"),
        ({"starts": "soon"}, "starts"),
        ({"kind": "custom"}, "kind"),
        ({"colour": "red"}, "colour"),
        ({"seen": "[nowhere]"}, r"nothing in seen\.yaml is called nowhere"),
        ({"awaits": "record"}, "`awaits` and `lacks` go together"),
        ({"lacks": "facts"}, "`awaits` and `lacks` go together"),
    ],
)
def test_a_rule_with_a_fault_is_refused_with_the_fault(changes, complaint):
    with pytest.raises(BadRules, match=complaint):
        book(SOUND | changes)


def test_a_rule_that_nobody_checked_the_text_of_is_refused():
    unverified = {key: value for key, value in SOUND.items() if key != "memory"}
    with pytest.raises(BadRules, match="`seen`"):
        book(unverified)
    assert len(book(unverified | {"seen": "[act]"}, seen={"act": "The Act"})) == 1


def test_every_fault_is_reported_not_only_the_first():
    with pytest.raises(BadRules) as refused:
        book(SOUND | {"kind": "custom"}, SOUND | {"id": "TEST-02", "at": "''"}, SOUND, SOUND)
    assert len(refused.value.faults) == 3


def test_two_rules_of_one_number_are_refused():
    with pytest.raises(BadRules, match="another rule has this number"):
        book(SOUND, SOUND)


@pytest.mark.parametrize("text", ["rules: [", "just words", "group: No rules"])
def test_a_file_that_holds_no_rules_is_refused(text):
    with pytest.raises(BadRules, match=r"broken\.yaml"):
        read_rules({"broken.yaml": text}, {})


def test_an_unknown_rule_is_named_with_the_nearest_there_are():
    with pytest.raises(UnknownRule, match="Did you mean ICB-CON-0"):
        rule("icb-con-02x")
    with pytest.raises(UnknownRule, match="There are: "):
        rule("Magna Carta")
