"""A report in each of its forms."""

import json
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import msgspec
import pytest

from commonweal.record.facts import Source
from commonweal.statute.reports import FORMS, UnknownFormat, write
from commonweal.statute.rule import rule
from commonweal.statute.runner import Report

PACK = Source(document="wolverhampton/document/pack", at="item 4", lines="12-14")


@pytest.fixture
def report():
    members, expert, independence = rule("ICB-CON-02"), rule("ICB-CON-05"), rule("ICB-CON-08")
    skills = rule("ICB-SKL-01")
    return Report(
        as_at=date(2022, 7, 1),
        known=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        findings=(
            members.met("dorset/body/board", "It has 5 members."),
            members.not_met("kent/body/board", "It has 4 members & needs <5>.", sources=(PACK,)),
            expert.not_met("kent/body/board", "Nobody knows mental health services."),
            independence.cannot_say("kent", "A person has to judge this."),
            skills.cannot_say("kent/body/board", "No review is on record."),
        ),
        rules=(members, expert, independence, skills),
        idle=(rule("CCG-01"),),
    )


@pytest.fixture
def nothing(report):
    return Report(as_at=report.as_at, known=report.known, findings=(), rules=())


def test_the_text_tells_what_is_not_met_first_with_the_law_and_where_the_fact_is_from(report):
    assert write(report, "text") == (
        "Checked as at 1 July 2022, by what was on record at 22 November 2026, 09:30 UTC.\n"
        "4 rules in force, 5 findings: 2 not met, 2 cannot tell, 1 met.\n"
        "CCG-01 (Governing body of six or more) was not in force on 1 July 2022: it starts on "
        "1 April 2013 and is over from 1 July 2022.\n"
        "\n"
        "NOT MET\n"
        "ICB-CON-02  Chair, chief executive, three ordinary members\n"
        "  The board has a chair, a chief executive and at least three other members.\n"
        "  Source: National Health Service Act 2006, Schedule 1B, paragraph 3 (statute)\n"
        "  - kent/body/board: It has 4 members & needs <5>.\n"
        "      from wolverhampton/document/pack, item 4, lines 12-14\n"
        "ICB-CON-05  Mental health expertise on the board (warning)\n"
        "  The chair approves appointments with a view to at least one ordinary member knowing "
        "services for mental illness from experience.\n"
        "  Source: National Health Service Act 2006, Schedule 1B, paragraph 8(6) (statute)\n"
        "  - kent/body/board: Nobody knows mental health services.\n"
        "\n"
        "CANNOT TELL\n"
        "ICB-CON-08  Independence of the NHS, each member\n"
        "  Nobody is appointed to the board who could reasonably be seen as undermining the "
        "independence of the health service, through private healthcare or otherwise.\n"
        "  Source: National Health Service Act 2006, Schedule 1B, paragraph 4 (statute)\n"
        "  - kent: A person has to judge this.\n"
        "ICB-SKL-01  Board skills kept under review\n"
        "  The board reviews the skills of its members and mends or makes up for what is missing.\n"
        "  Source: National Health Service Act 2006, section 14Z49 (statute)\n"
        "  - kent/body/board: No review is on record.\n"
        "\n"
        "MET\n"
        "ICB-CON-02  Chair, chief executive, three ordinary members\n"
    )


def test_the_json_has_as_at_known_findings_and_counts(report):
    page = json.loads(write(report, "json"))
    assert page["as_at"] == "2022-07-01"
    assert page["known"] == "2026-11-22T09:30:00+00:00"
    assert page["counts"] == {"met": 1, "not met": 2, "cannot tell": 2}
    assert page["not_in_force"] == ["CCG-01"]
    assert page["findings"][1] == {
        "rule": "ICB-CON-02",
        "outcome": "not met",
        "subject": "kent/body/board",
        "because": "It has 4 members & needs <5>.",
        "source": "National Health Service Act 2006, Schedule 1B, paragraph 3",
        "title": "Chair, chief executive, three ordinary members",
        "kind": "statute",
        "weight": "rule",
        "about": [],
        "sources": [
            {
                "document": "wolverhampton/document/pack",
                "at": "item 4",
                "lines": "12-14",
                "how": "stated",
            }
        ],
    }


def test_the_sarif_gives_each_result_its_rule_kind_and_level(report):
    page = json.loads(write(report, "sarif"))
    assert page["version"] == "2.1.0"
    [one_run] = page["runs"]
    named = [each["id"] for each in one_run["tool"]["driver"]["rules"]]
    results = one_run["results"]
    assert [(each["kind"], each["level"]) for each in results] == [
        ("pass", "none"),
        ("fail", "error"),
        ("fail", "warning"),
        ("review", "none"),
        ("open", "none"),
    ]
    assert all(named[each["ruleIndex"]] == each["ruleId"] for each in results)
    assert all(each["message"]["text"] for each in results)
    assert results[1]["locations"] == [
        {"logicalLocations": [{"fullyQualifiedName": "kent/body/board"}]}
    ]


def test_the_junit_counts_failures_and_what_was_skipped(report):
    root = ET.fromstring(write(report, "junit").encode())
    assert {key: root.get(key) for key in ("tests", "failures", "skipped", "errors")} == {
        "tests": "5",
        "failures": "2",
        "skipped": "2",
        "errors": "0",
    }
    assert [suite.get("tests") for suite in root] == ["2", "1", "1", "1"]
    failures = root.findall("./testsuite/testcase/failure")
    assert [each.get("type") for each in failures] == ["rule", "warning"]
    assert failures[0].get("message") == "It has 4 members & needs <5>."
    assert "wolverhampton/document/pack" in failures[0].text


class Reader(HTMLParser):
    """Notes tags, their attributes and whether each closes in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_the_page_stands_alone_and_its_tables_have_captions_and_headings(report):
    reader = Reader()
    reader.feed(write(report, "html"))
    assert reader.open == []
    assert ("html", {"lang": "en-GB"}) in reader.tags
    names = [tag for tag, _ in reader.tags]
    assert names.count("h1") == 1
    assert names.count("table") == names.count("caption") == 3
    assert all(attrs.get("scope") for tag, attrs in reader.tags if tag == "th")
    assert not {"script", "link", "img"} & set(names)
    assert "It has 4 members & needs <5>." in reader.text


def test_text_from_the_record_cannot_break_into_the_page(report):
    stray = rule("ICB-CON-02").met("<subject>", "It is so.")
    page = write(msgspec.structs.replace(report, findings=(*report.findings, stray)), "html")
    assert "<5>" not in page
    assert "<subject>" not in page


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_always_gives_the_same_bytes(report, form):
    assert write(report, form) == write(report, form)
    assert write(report, form).endswith("\n")


def test_a_report_without_findings_says_so_in_every_form(nothing):
    assert "0 rules in force, 0 findings" in write(nothing, "text")
    assert json.loads(write(nothing, "json"))["findings"] == []
    assert json.loads(write(nothing, "sarif"))["runs"][0]["results"] == []
    assert ET.fromstring(write(nothing, "junit").encode()).get("tests") == "0"
    assert "<table" not in write(nothing, "html")


def test_an_unknown_form_is_named_with_those_there_are(report):
    with pytest.raises(UnknownFormat, match="text, json, sarif, junit, html"):
        write(report, "pdf")
