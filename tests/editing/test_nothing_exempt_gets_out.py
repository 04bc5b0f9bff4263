"""What is not for publication gets out nowhere: one table of facts, one table of places.

Four facts are hidden: one exempt from the start; one that names it; one that was public and then corrected into
an exempt one; and the exempt past of one that is public now. Each carries a word of its own.
"""

from datetime import date

import pytest

from commonweal.bodies.facts import Body, Seat
from commonweal_site.record import packing
from tests.accounts.officers import officer, public
from tests.desk import amended, asserted, corrected, hours, write
from tests.site.conftest import PAPER

WORDS = ("Hushwater", "Quietbrook", "Mutterford")
NAMES = ("kent/body/secret", "kent/seat/secret", "kent/body/quietbrook", "kent/seat/mutterford")
DAYS = (
    "",
    "as_at=2021-06-01",
    "as_at=2022-07-01",
    "as_at=2025-01-01",
    "known=2026-11-02T12:00:00Z",
)
PLACES = [
    "/", "/kent/", "/kent/body/", "/kent/seat/", "/kinds/", "/kinds/body/", "/kinds/seat/", "/documents/",
    "/findings/", "/rules/", "/log/", "/changes/", "/kent/body/icb", "/kent/document/paper",
    "/kent/body/open", "/search/?q=hushwater", "/search/?q=quietbrook", "/search/?q=mutterford",
    *(f"/{name}" for name in NAMES), "/kent/body/secre", "/kent/body/quietbrok",
]  # fmt: skip
FORMS = ["", ".json", ".csv", ".atom"]


@pytest.fixture
def hushed(kent):
    team = {"type": "team", "sources": PAPER}
    quiet, opened = "kent/body/quietbrook", "kent/body/open"
    write(kent, asserted(quiet, Body(name="Quietbrook Panel", **team)), at=hours(2))
    write(
        kent, corrected(quiet, Body(name="Quietbrook Panel", exempt="Personal data", **team)),
        reason="Quietbrook should not have been public", at=hours(4),
    )  # fmt: skip
    write(
        kent,
        asserted(opened, Body(name="Mutterford Panel", exempt="Until announced", **team), "2020-01-01"),
        asserted("kent/seat/mutterford", Seat(body=quiet, role="Mutterford seat", sources=PAPER)),
        reason="Mutterford is not announced", at=None,
    )  # fmt: skip
    write(kent, amended(opened, Body(name="Open Panel", **team), "2024-01-01"), at=None)
    return kent


def asked(place, form, day):
    path, mark, query = place.partition("?")
    path = f"{path.rstrip('/') if form else path}{form}" if path != "/" else f"/{form.strip('.')}"
    return f"{path}?{'&'.join(filter(None, [query, day]))}" if mark or day else path


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("form", FORMS)
def test_no_page_list_search_feed_table_or_error_says_a_word_of_it(hushed, form, day):
    anybody = public()
    told = {}
    for place in PLACES:
        path = asked(place, form, day)
        said = anybody.get(path).content.decode()
        for typed in ("q=hushwater", "q=quietbrook", "q=mutterford", *NAMES):
            said = said.replace(typed, "") if typed in place else said
        found = [word for word in (*WORDS, *NAMES) if word in said]
        if found:
            told[path] = found
    assert told == {}


def test_no_entry_of_the_log_that_speaks_of_it_can_be_opened(hushed):
    anybody = public()
    for entry in hushed.entries():
        said = anybody.get(f"/log/{entry.number}").content.decode()
        assert [word for word in WORDS if word in said] == [], entry.number


def test_no_export_holds_it(hushed, tmp_path):
    for folder in packing.write_folders(packing.export(hushed, []), tmp_path):
        for file in folder.glob("*.yaml"):
            assert [word for word in WORDS if word in file.read_text()] == [], file.name


def test_an_editor_who_is_no_reader_gets_no_word_of_it_either(hushed):
    client = officer("ed", ("kent", "editor"))
    for path in (
        "/edit/", "/edit/changes/", "/edit/add/seat/?system=kent", "/edit/kent/body/open/",
        "/edit/kent/body/open/correct/?as_at=2021-06-01", "/edit/kent/body/icb/", *PLACES,
        *(f"/edit/{name}/" for name in NAMES),
    ):  # fmt: skip
        said = client.get(path).content.decode()
        assert [word for word in WORDS if word in said and f"q={word.lower()}" not in path] == [], (
            path
        )
    for word in WORDS:
        sent = {"system": "kent", "words": "panel", "fact.body": "panel", "step": "find:fact.body"}
        assert word not in client.post("/edit/add/seat/", sent).content.decode()


def test_a_reader_sees_all_of_it(hushed):
    client = officer("rea", ("kent", "reader"))
    assert "Hushwater" in client.get("/kent/body/secret").content.decode()
    assert "Quietbrook" in client.get("/kent/body/quietbrook").content.decode()
    assert "Mutterford" in client.get("/kent/body/open?as_at=2021-06-01").content.decode()
    assert hushed.snapshot(date(2025, 1, 1)).get("kent/body/open").name == "Open Panel"
