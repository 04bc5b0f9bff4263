"""An answer of the Organisation Data Service: what is read of it, and when it is refused."""

import json
from copy import deepcopy
from datetime import date

import pytest

from commonweal.bodies.facts import Body
from commonweal.record.naming import Code
from commonweal.sources import organisations
from commonweal.sources.taken import WrongFile
from commonweal_site.sources.beside_the_record import beside
from tests.making import a, record_of

SINCE = [{"Type": "Operational", "Start": "2019-10-25"}, {"Type": "Legal", "Start": "2020-04-01"}]
ORG = {"root": "2.16.840.1.113883.2.1.3.2.4.18.48", "assigningAuthorityName": "HSCIC"}


def other(code):
    return {"OrgId": ORG | {"extension": code}, "PrimaryRoleId": {"id": "RO98", "uniqueRoleId": 1}}


# The public answer on a commissioning hub, as it stood in 2020, without its address.
HUB = {
    "Name": "SOUTH EAST - H&J COMMISSIONING HUB", "Date": SINCE,
    "OrgId": ORG | {"extension": "97T"}, "Status": "Active", "LastChangeDate": "2020-04-01",
    "orgRecordClass": "RC1",
    "Roles": {"Role": [
        {"id": "RO218", "uniqueRoleId": 391223, "Date": SINCE, "Status": "Active"},
        {"id": "RO98", "uniqueRoleId": 386574, "primaryRole": True, "Date": SINCE,
         "Status": "Active"},
    ]},
    "Rels": {"Rel": [
        {"Date": SINCE, "Status": "Active", "Target": other("Y59"), "id": "RE5"},
    ]},
    "Succs": {"Succ": [
        {"uniqueSuccId": 37762, "Date": [{"Type": "Legal", "Start": "2020-04-01"}],
         "Type": "Predecessor", "Target": other("14W")},
        {"uniqueSuccId": 37761, "Date": [{"Type": "Legal", "Start": "2020-04-01"}],
         "Type": "Predecessor", "Target": other("14V")},
    ]},
}  # fmt: skip


def read(**said):
    given = deepcopy(HUB) | said
    answer = {name: part for name, part in given.items() if part is not None}
    return organisations.read(json.dumps({"Organisation": answer}).encode(), "97T.json")


def test_an_organisation_has_its_code_name_roles_and_whom_it_took_over_from():
    found = read()
    assert (found.code, found.active, found.primary_role) == ("97T", True, "RO98")
    assert found.name == "SOUTH EAST - H&J COMMISSIONING HUB"
    assert (found.taken_from(), found.taken_by()) == (("14V", "14W"), ())
    assert [each.target.code.extension for each in found.relations] == ["Y59"]
    assert found.changed == date(2020, 4, 1)


def test_what_the_service_ends_on_a_day_ends_here_on_the_day_after():
    span = read(Date=[{"Type": "Legal", "Start": "2020-04-01", "End": "2022-06-30"}]).spans[0]
    assert (span.start, span.ends) == (date(2020, 4, 1), date(2022, 7, 1))


def test_an_organisation_without_relations_or_successions_has_none():
    found = read(Rels=None, Succs=None)
    assert (found.relations, found.successions) == ((), ())


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"Name": None}, "Name"),
        ({"Status": "Dormant"}, "Dormant"),
        ({"LastChangeDate": "yesterday"}, "LastChangeDate"),
        ({"Roles": {"Role": [HUB["Roles"]["Role"][0]]}}, "has 0 primary roles"),
        ({"Date": [{"Type": "Legal", "Start": "2020-04-01", "End": "2019-01-01"}]},
         "ends on 2019-01-01, before 2020-04-01"),
        ({"Date": [{"Type": "Legal"}]}, "a legal span has neither day"),
        ({"Succs": {"Succ": [{"Type": "Successor", "Target": other("97T")}]}},
         "is its own successor"),
    ],
)  # fmt: skip
def test_an_answer_that_is_wrong_is_refused_whole_and_says_what(said, because):
    with pytest.raises(WrongFile, match=r"97T\.json") as refused:
        read(**said)
    assert because in str(refused.value)


@pytest.mark.parametrize("answer", [b"<html>Sorry</html>", b"", b'{"Organisations": []}', b"{"])
def test_an_answer_of_another_kind_is_refused(answer):
    with pytest.raises(WrongFile, match="no answer of the Organisation Data Service"):
        organisations.read(answer, "97T.json")


DAY = date(2022, 7, 1)
HERE = a("test/code/hub", Code(of="test/body/hub", type="ODS", code="97T"))


def named(name):
    return a("test/body/hub", Body(name=name, type="integrated care board"))


@pytest.mark.parametrize(
    ("items", "said", "lines"),
    [
        ([], {}, ["Nothing on record has the code 97T on 1 July 2022."]),
        ([named("South East - H&J Commissioning Hub"), HERE], {}, [
            "On record on 1 July 2022: test/body/hub.",
        ]),
        ([named("The Hub"), HERE], {"Status": "Inactive"}, [
            "On record on 1 July 2022: test/body/hub.",
            "Its name on record is “The Hub”.",
            "The service has it closed, the record has its code on 1 July 2022.",
        ]),
    ],
)  # fmt: skip
def test_an_organisation_is_set_beside_the_record_and_nothing_is_put_right(items, said, lines):
    assert beside(read(**said), record_of(*items)(DAY)) == tuple(lines)


def test_a_code_of_another_scheme_is_not_the_same_code():
    other_scheme = a("test/code/hub", Code(of="test/body/hub", type="ONS", code="97T"))
    said = beside(read(), record_of(named("The Hub"), other_scheme)(DAY))
    assert said[0].startswith("Nothing on record")
