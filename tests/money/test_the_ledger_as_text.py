"""An auditor's own programs can add the ledger up from its plain text, to the penny."""

import csv
import io
import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.money.ledger import ACCOUNTS, Entry, Line
from commonweal.money.plain_text import HEADS, Kept, beancount, exact, hledger, rows
from tests.commands.conftest import run

POUNDS = re.compile(r"^ {2,4}(\S+)  (-?\d+)\.(\d\d) GBP$")

slugs = st.from_regex(r"[a-z0-9]+(?:-[a-z0-9]+){0,2}", fullmatch=True)
names = st.builds("kent/{}/{}".format, st.sampled_from(["body", "fund"]), slugs)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@st.composite
def entries(draw):
    sides = draw(st.lists(st.integers(-(10**12), 10**12).filter(bool), min_size=1, max_size=4))
    sums = [*sides, -sum(sides)] if sum(sides) else [*sides, 7, -7]
    lines = tuple(
        Line(draw(st.sampled_from(ACCOUNTS)), pence, draw(names), draw(st.just("") | names))
        for pence in sums
    )
    what = draw(words.filter(str.strip))
    return Entry(draw(st.dates(date(1990, 1, 1))), what, lines, draw(words))


ledgers = st.lists(entries(), max_size=5).map(
    lambda made: [Kept(number, 1, entry) for number, entry in enumerate(made, 1)]
)


def added_up(texts):
    """Sums of the lines of a text that have one, by account."""
    sums = Counter()
    for text in texts:
        if match := POUNDS.match(text):
            account, pounds, pence = match.groups()
            whole = int(pounds.lstrip("-")) * 100 + int(pence)
            sums[account] += -whole if pounds.startswith("-") else whole
    return sums


def by(kept, name):
    sums = Counter()
    for each in kept:
        for line in each.entry.lines:
            sums[name(line)] += line.pence
    return sums


@given(ledgers)
def test_hledger_comes_to_the_same(kept):
    assert added_up(hledger(kept)) == by(kept, lambda line: f"{line.account}:{line.body}")


@given(ledgers)
def test_beancount_comes_to_the_same_and_opens_every_account_once(kept):
    texts = list(beancount(kept))
    sums = added_up(texts)
    assert Counter(sums.values()) == Counter(
        by(kept, lambda line: (line.account, line.body)).values()
    )
    opened = [text.split()[2] for text in texts if " open " in text and text[0].isdigit()]
    assert sorted(opened) == sorted(sums)


@given(ledgers)
def test_csv_has_every_line_with_its_tags(kept):
    text = io.StringIO()
    csv.writer(text).writerows(rows(kept))
    read = list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))
    assert len(read) == sum(len(each.entry.lines) for each in kept)
    sums = Counter()
    for row in read:
        sums[row["account"], row["body"], row["fund"]] += round(float(row["pounds"]) * 100)
    assert sums == by(kept, lambda line: (line.account, line.body, line.fund))


def one(what="Carers", key="", decision=""):
    lines = (Line("spending", 5, "kent/body/icb", decision=decision), Line("balance", -5, "b"))
    return [Kept(1, 3, Entry(date(2022, 12, 12), what, lines, key, reverses=0))]


def test_a_description_cannot_pass_for_anything_else():
    what = 'Care"\n2022-01-01 * "x\\'
    assert list(beancount(one(what)))[3] == r'2022-12-12 * "Care\" 2022-01-01 * \"x\\"'
    assert list(hledger(one("Care ; fund: x | y, z")))[2] == "2022-12-12 (1) Care · fund: x · y· z"
    assert list(rows(one("=1+1", key="@x")))[1][3:5] == ("'@x", "'=1+1")


def test_tags_go_with_the_line_that_has_them():
    assert '    decision: "kent/decision/d"' in beancount(one(decision="kent/decision/d"))
    assert "        ; decision: kent/decision/d" in hledger(one(decision="kent/decision/d"))
    assert dict(zip(HEADS, list(rows(one(decision="d")))[1], strict=True))["decision"] == "d"


def test_pence_are_exact():
    found = [exact(pence) for pence in (0, 1, -1, 99, -100, 10**17 + 1)]
    assert found == ["0.00", "0.01", "-0.01", "0.99", "-1.00", "1000000000000000.01"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audited")
    assert run("demo", "--no-serve", "--packs", "packs/exampleshire", "--dir", folder).code == 0
    return folder


def test_the_commands_write_the_ledger_and_add_it_up_again(demo):
    told = run("money", "ledger", "--dir", demo)
    assert told.code == 0, told.err
    lines = list(csv.DictReader(io.StringIO(told.out)))
    assert sum(round(float(each["pounds"]) * 100) for each in lines) == 0
    journal = run("money", "ledger", "--format", "hledger", "--dir", demo).out
    assert sum(map(len, map(POUNDS.findall, journal.splitlines()))) == len(lines)
    verified = run("money", "verify", "--dir", demo)
    assert verified.code == 0
    assert "exampleshire/ledger.csv: as it was posted" in verified.out
    assert "every entry balances and every total agrees" in verified.out
