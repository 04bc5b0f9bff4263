"""A report of findings as text, JSON, SARIF, JUnit XML or a page of HTML.

Each writer takes a `Report` and gives the whole file; the same report always gives the same bytes.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from commonweal.record.facts import Source
from commonweal.record.findings import Finding, Outcome
from commonweal.record.when import day_in_words

from .errors import StatuteError
from .rule import Rule
from .runner import Report

_ORDER: tuple[Outcome, ...] = ("not met", "cannot tell", "met")
"""The order for a person: what needs doing comes first."""

_ADDRESS = "https://json.schemastore.org/sarif-2.1.0.json"


class UnknownFormat(StatuteError):
    """No report in that form."""


def write(report: Report, form: str) -> str:
    """The report in one of the forms of `FORMS`."""
    if form not in FORMS:
        raise UnknownFormat(f"There is no report as '{form}'. There are: {', '.join(FORMS)}.")
    return FORMS[form](report)


def _source(source: Source) -> str:
    lines = f"lines {source.lines}" if source.lines else ""
    return ", ".join(part for part in (source.document, source.at, lines) if part)


def _laws(report: Report) -> dict[str, Rule]:
    return {law.id: law for law in report.rules}


def _heading(report: Report) -> str:
    known = f"{day_in_words(report.known.date())}, {report.known:%H:%M %Z}".strip()
    return f"Checked as at {day_in_words(report.as_at)}, by what was on record at {known}."


def _tally(report: Report) -> str:
    counts = report.counts
    number = len(report.findings)
    noun = "finding" if number == 1 else "findings"
    rules = "1 rule" if len(report.rules) == 1 else f"{len(report.rules)} rules"
    parts = ", ".join(f"{counts[outcome]} {outcome}" for outcome in _ORDER)
    return f"{rules} in force, {number} {noun}: {parts}."


def _idle(report: Report) -> list[str]:
    return [
        f"{law.id} ({law.title}) was not in force on {day_in_words(report.as_at)}: {_span(law)}."
        for law in report.idle
    ]


def _span(law: Rule) -> str:
    first = f"it starts on {day_in_words(law.starts)}"
    return f"{first} and is over from {day_in_words(law.ends)}" if law.ends else first


# As text


def text(report: Report) -> str:
    """For a terminal: what is not met, then what cannot be told, then a line for each rule met."""
    lines = [_heading(report), _tally(report), *_idle(report)]
    laws = _laws(report)
    for outcome in _ORDER:
        found = [each for each in report.findings if each.outcome == outcome]
        if found:
            lines += ["", outcome.upper()]
            lines += _met_lines(found, laws) if outcome == "met" else _finding_lines(found, laws)
    return "\n".join(lines) + "\n"


def _by_rule(found: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    for number, each in groupby(found, key=lambda finding: finding.rule):
        yield number, list(each)


def _finding_lines(found: list[Finding], laws: dict[str, Rule]) -> Iterator[str]:
    for number, each in _by_rule(found):
        law = laws[number]
        warning = " (warning)" if law.weight == "warning" else ""
        yield f"{number}  {law.title}{warning}"
        yield f"  {law.says}"
        yield f"  Source: {law.cite} ({law.kind})"
        for finding in each:
            yield f"  - {finding.subject}: {finding.because}"
            yield from (f"      from {_source(source)}" for source in finding.sources)


def _met_lines(found: list[Finding], laws: dict[str, Rule]) -> Iterator[str]:
    for number, each in _by_rule(found):
        times = "" if len(each) == 1 else f" ({len(each)} times)"
        yield f"{number}  {laws[number].title}{times}"


# As data


def as_json(report: Report) -> str:
    """For programs: as_at, known, findings, counts."""
    laws = _laws(report)
    page = {
        "as_at": report.as_at.isoformat(),
        "known": report.known.isoformat(),
        "findings": [_finding_data(each, laws[each.rule]) for each in report.findings],
        "counts": report.counts,
        "not_in_force": [law.id for law in report.idle],
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _finding_data(finding: Finding, law: Rule) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "outcome": finding.outcome,
        "subject": finding.subject,
        "because": finding.because,
        "source": finding.source,
        "title": law.title,
        "kind": law.kind,
        "weight": law.weight,
        "about": list(finding.about),
        "sources": [_source_data(source) for source in finding.sources],
    }


def _source_data(source: Source) -> dict[str, str]:
    said = {"document": source.document, "at": source.at, "lines": source.lines, "how": source.how}
    return {key: value for key, value in said.items() if value}


# As SARIF

_SARIF_KIND: dict[Outcome, str] = {"met": "pass", "not met": "fail", "cannot tell": "open"}


def sarif(report: Report) -> str:
    """For code-review tools: SARIF 2.1.0, with `open` or `review` for what cannot be told."""
    place = {law.id: at for at, law in enumerate(report.rules)}
    driver = {
        "name": "Commonweal",
        "rules": [_sarif_rule(law) for law in report.rules],
    }
    one_run = {
        "tool": {"driver": driver},
        "results": [
            _sarif_result(each, report.rules[place[each.rule]], place[each.rule])
            for each in report.findings
        ],
        "properties": {
            "as_at": report.as_at.isoformat(),
            "known": report.known.isoformat(),
            "counts": report.counts,
        },
    }
    page = {"$schema": _ADDRESS, "version": "2.1.0", "runs": [one_run]}
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(law: Rule) -> dict[str, Any]:
    return {
        "id": law.id,
        "shortDescription": {"text": law.title},
        "fullDescription": {"text": law.says},
        "help": {"text": f"Source: {law.cite}. What a program cannot tell: {law.cannot_tell}"},
        "defaultConfiguration": {"level": _level(law)},
        "properties": {"kind": law.kind, "citation": law.cite},
    }


def _level(law: Rule) -> str:
    return "warning" if law.weight == "warning" else "error"


def _sarif_result(finding: Finding, law: Rule, place: int) -> dict[str, Any]:
    # SARIF allows a level other than none only on a failure.
    level = _level(law) if finding.outcome == "not met" else "none"
    # In SARIF's words a person's judgement awaits review; missing facts leave the matter open.
    judged = finding.outcome == "cannot tell" and law.awaits == "judgement"
    return {
        "ruleId": law.id,
        "ruleIndex": place,
        "kind": "review" if judged else _SARIF_KIND[finding.outcome],
        "level": level,
        "message": {"text": finding.because},
        "locations": [{"logicalLocations": [{"fullyQualifiedName": finding.subject}]}],
        "properties": {"sources": [_source(source) for source in finding.sources]},
    }


# As JUnit XML


def junit(report: Report) -> str:
    """For build servers: a suite for each rule; `skipped` for what cannot be told."""
    root = ET.Element("testsuites", {"name": "Commonweal"} | _junit_counts(report.findings))
    laws = _laws(report)
    for number, found in _by_rule(report.findings):
        name = f"{number} {laws[number].title}"
        suite = ET.SubElement(root, "testsuite", {"name": name} | _junit_counts(found))
        for finding in found:
            _junit_case(suite, finding, laws[number])
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _junit_counts(found: Iterable[Finding]) -> dict[str, str]:
    outcomes = [each.outcome for each in found]
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count("not met")),
        "skipped": str(outcomes.count("cannot tell")),
        "errors": "0",
    }


def _junit_case(suite: ET.Element, finding: Finding, law: Rule) -> None:
    case = ET.SubElement(suite, "testcase", classname=finding.rule, name=finding.subject)
    said = "\n".join((f"Source: {finding.source}", *map(_source, finding.sources)))
    if finding.outcome == "not met":
        failure = ET.SubElement(case, "failure", message=finding.because, type=law.weight)
        failure.text = said
    elif finding.outcome == "cannot tell":
        ET.SubElement(case, "skipped", message=finding.because)


# As a page

_HEADS = ("Rule", "About", "Because", "Source")
_STYLE = (
    "body{font:1rem/1.5 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#212b32}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-weight:bold;padding:.5rem 0}"
    "th,td{border-bottom:1px solid #768692;padding:.5rem;text-align:left;vertical-align:top}"
)


def html(report: Report) -> str:
    """A page that stands alone: a table for each outcome, readable without colour or script."""
    laws = _laws(report)
    tables = "".join(_table(outcome, report, laws) for outcome in _ORDER)
    idle = "".join(f"<p>{escape(line)}</p>\n" for line in _idle(report))
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Rules checked as at {day_in_words(report.as_at)}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Rules checked as at {day_in_words(report.as_at)}</h1>\n"
        f"<p>{escape(_heading(report))}</p>\n<p>{escape(_tally(report))}</p>\n"
        f"{idle}{tables}</main>\n</body>\n</html>\n"
    )


def _table(outcome: Outcome, report: Report, laws: dict[str, Rule]) -> str:
    found = [each for each in report.findings if each.outcome == outcome]
    if not found:
        return ""
    title = outcome.capitalize()
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = "".join(_row(each, laws[each.rule]) for each in found)
    return (
        f'<h2>{title}</h2>\n<div class="wide" role="region" aria-label="{title}" tabindex="0">\n'
        f"<table>\n<caption>{title}: {len(found)}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _row(finding: Finding, law: Rule) -> str:
    sources = "".join(f"<br>From {escape(_source(source))}" for source in finding.sources)
    warning = " (warning)" if law.weight == "warning" else ""
    return (
        f'<tr><th scope="row">{law.id}: {escape(law.title)}{warning}</th>'
        f"<td>{escape(finding.subject)}</td><td>{escape(finding.because)}</td>"
        f"<td>{escape(finding.source)}{sources}</td></tr>\n"
    )


FORMS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "junit": junit,
    "html": html,
}
