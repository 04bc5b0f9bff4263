"""Reading packs: every fault is found, with file, line and a way to mend it."""

from datetime import date

import pytest

from commonweal.areas.facts import Area, Containment
from commonweal.record.packs import BadPack, read_pack, reference_faults, write_pack
from commonweal.record.when import BEFORE_ALL, OPEN
from commonweal.vocabulary import VOCABULARY

HEAD = "name: Testshire\nsystems: [testshire]\ninvented: true\n"
DOCUMENTS = "- id: document/paper\n  title: A paper\n"
SOURCE = "  sources:\n  - {document: document/paper, at: para 1, lines: '12'}\n"


def read(slug="testshire", **files):
    named = {f"{name.replace('_', '-')}.yaml": text for name, text in files.items()}
    return read_pack(slug, {"pack.yaml": HEAD, **named}, VOCABULARY)


def faults(**files):
    with pytest.raises(BadPack) as refused:
        read(**files)
    return [str(fault) for fault in refused.value.faults]


def test_short_identifiers_mean_the_main_system():
    pack = read(
        documents=DOCUMENTS,
        areas=f"- id: area/system\n  from: 2022-07-01\n  name: Testshire\n  type: system\n{SOURCE}",
    )
    area = pack.items[1]
    assert area.entity == "testshire/area/system"
    assert area.fact.sources[0].document == "testshire/document/paper"


def test_a_full_identifier_keeps_its_own_system():
    pack = read(
        containments=f"- id: containment/a\n  part: area/a\n  whole: england/area/england\n{SOURCE}"
    )
    fact = pack.items[-1].fact
    assert isinstance(fact, Containment)
    assert (fact.part, fact.whole) == ("testshire/area/a", "england/area/england")


def test_a_fact_without_dates_always_held_and_is_open():
    item = read(documents=DOCUMENTS).items[1]
    assert (item.valid_from, item.valid_to) == (BEFORE_ALL, OPEN)


def test_to_is_the_day_after_the_last():
    item = read(
        areas="- id: area/a\n  from: 2018-08-01\n  to: 2022-07-01\n  name: A\n  type: place\n"
    ).items[1]
    assert (item.valid_from, item.valid_to) == (date(2018, 8, 1), date(2022, 7, 1))


def test_every_fault_is_listed_not_only_the_first():
    found = faults(
        areas="- id: area/a\n  name: A\n  type: clutser\n- id: area/b\n  nam: B\n  type: place\n",
        bodies="- id: body/c\n  type: council\n",
    )
    assert len(found) == 3


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"areas": "- id: area/a\n  name: A\n  type: clutser\n"},
            "testshire/areas.yaml, line 3: 'clutser' is no type of area. Did you mean 'cluster'?",
        ),
        (
            {"areas": "- id: area/a\n  nam: A\n  name: A\n  type: place\n"},
            "testshire/areas.yaml, line 1: an area has no 'nam'. Did you mean 'name' or 'named'?",
        ),
        (
            {"bodies": "- id: body/c\n  type: council\n"},
            "testshire/bodies.yaml, line 1: a body must have 'name' (The name the sources use.)",
        ),
        (
            {"areas": "- id: area/a\n  from: 1 July\n  name: A\n  type: place\n"},
            "testshire/areas.yaml, line 2: 'from: 1 July' is not a day. Write it like 2022-07-01.",
        ),
        (
            {"areas": "- id: area/a\n  name: A\n  name: B\n  type: place\n"},
            "testshire/areas.yaml, line 3: 'name' is given twice. Keep one.",
        ),
        (
            {"areas": "- id: body/a\n  name: A\n  type: council\n"},
            (
                "testshire/areas.yaml, line 1: testshire/body/a: a body does not belong in areas.yaml. "
                "Known: area."
            ),
        ),
        (
            {"areas": "- id: Area One\n  name: A\n  type: place\n"},
            (
                "testshire/areas.yaml, line 1: 'id: Area One' must be kind/slug or system/kind/slug, "
                "in small letters."
            ),
        ),
        (
            {"areas": "- id: area/a\n  name: 2022\n  type: place\n"},
            (
                "testshire/areas.yaml, line 2: 'name: 2022' must be text. Put it in quotes. "
                "The name the sources use."
            ),
        ),
        (
            {"areas": "- id: area/a\n  name: [A\n"},
            "testshire/areas.yaml, line 3: this is not YAML: did not find expected ',' or ']'.",
        ),
        (
            {"events": "- id: event/a\n  name: A\n  when: 2022-13\n"},
            (
                "testshire/events.yaml, line 1: '2022-13' is not a date. Write 2018, 2018-08, "
                "2018-08-31, 2021/22, 2021/22 Q4, 2021/22 H1, spring 2022 or 2022-04 to 2022-06."
            ),
        ),
        (
            {"populations": "- id: population/a\n  of: area/a\n  people: many\n"},
            (
                "testshire/populations.yaml, line 3: 'people: many' must be a whole number or left out. "
                "How many. Empty: the source gives only words."
            ),
        ),
        (
            {"areas": "- id: elsewhere/area/a\n  name: A\n  type: place\n"},
            (
                "testshire/areas.yaml, line 1: elsewhere/area/a belongs to the system 'elsewhere', "
                "which testshire/pack.yaml does not list. Known: testshire."
            ),
        ),
    ],
)
def test_a_fault_names_file_and_line_and_says_what_to_do(files, expected):
    assert faults(**files) == [expected]


def test_a_file_of_no_kind_is_answered_with_the_nearest_names():
    (fault,) = faults(arears="[]")
    assert fault.startswith("testshire/arears.yaml, line 1: no kind of fact is kept in it. ")
    assert "Did you mean 'areas.yaml'" in fault


@pytest.mark.parametrize(
    ("second_from", "clash"),
    [("2022-06-30", True), ("2022-07-01", False), ("2022-07-02", False)],
)
def test_two_items_of_one_entity_may_touch_but_not_overlap(second_from, clash):
    areas = (
        "- id: area/a\n  from: 2018-08-01\n  to: 2022-07-01\n  name: A\n  type: place\n"
        f"- id: area/a\n  from: {second_from}\n  name: B\n  type: place\n"
    )
    if clash:
        assert "stands at line 1 too, and both hold on 2022-06-30" in faults(areas=areas)[0]
    else:
        assert len(read(areas=areas).items) == 3


def test_a_reference_to_nothing_is_a_fault_with_the_nearest_name():
    pack = read(
        documents=DOCUMENTS,
        areas="- id: area/system\n  name: A\n  type: system\n",
        populations="- id: population/a\n  of: area/sistem\n  people: 9\n",
    )
    (fault,) = reference_faults([pack], VOCABULARY)
    assert "of names testshire/area/sistem, which is not on record" in fault.because
    assert "Did you mean 'testshire/area/system'?" in fault.because


def test_a_reference_to_the_wrong_kind_is_a_fault():
    pack = read(
        documents=DOCUMENTS,
        populations="- id: population/a\n  of: document/paper\n  people: 9\n",
    )
    (fault,) = reference_faults([pack], VOCABULARY)
    assert "of must name an area, not testshire/document/paper" in fault.because


def test_a_reference_to_what_is_already_on_record_is_no_fault():
    pack = read(populations="- id: population/a\n  of: area/a\n  people: 9\n")
    assert reference_faults([pack], VOCABULARY, lambda entity: entity == "testshire/area/a") == []


def test_writing_and_reading_again_gives_the_same_facts_and_the_same_bytes():
    pack = read(
        documents=DOCUMENTS,
        areas=f"- id: area/b\n  from: 2018-08-01\n  stated: '2018'\n  name: 'No'\n  type: place\n{SOURCE}"
        "- id: area/a\n  name: 'A: 1'\n  type: cluster\n",
    )
    written = write_pack(pack.pack, pack.items, VOCABULARY)
    again = read_pack("testshire", written, VOCABULARY)
    assert {item[:4] for item in again.items} == {item[:4] for item in pack.items}
    assert write_pack(again.pack, reversed(again.items), VOCABULARY) == written


def test_a_written_pack_reads_like_a_list_of_facts():
    pack = read(areas=f"- id: area/b\n  from: 2018-08-01\n  name: Bee\n  type: place\n{SOURCE}")
    assert write_pack(pack.pack, pack.items, VOCABULARY)["areas.yaml"] == (
        "- id: area/b\n  from: 2018-08-01\n  name: Bee\n  type: place\n"
        "  sources:\n  - {document: document/paper, at: para 1, lines: '12'}\n"
    )


def test_a_pack_without_its_own_description_is_refused():
    with pytest.raises(BadPack, match=r"there is no such file; a pack needs one"):
        read_pack("testshire", {"areas.yaml": "[]"}, VOCABULARY)


def test_a_fact_keeps_the_kind_its_file_says():
    item = read(areas="- id: area/a\n  name: A\n  type: place\n").items[1]
    assert isinstance(item.fact, Area)
