"""From a form to the log: asked, checked, shown, written; conflicts settled; undone by correction."""

import re
from datetime import date
from html import unescape

import pytest

from commonweal.areas.facts import Area
from commonweal.record.facts import Source
from tests.accounts.officers import officer
from tests.desk import amended, corrected, write
from tests.site.conftest import PAPER, words

PLACE = "kent/area/thanet"
SOURCED = {
    "fact.sources.rows": "1",
    "fact.sources.0.document": "kent/document/paper",
    "fact.sources.0.at": "page 3",
    "fact.sources.0.how": "stated",
}
BLEAN = {
    "system": "kent", "fact.name": "Blean", "fact.type": "place", "reason": "The paper names it.",
    "from-day": "1", "from-month": "4", "from-year": "2026", **SOURCED,
}  # fmt: skip


def editor_of(book):
    client = officer("ed", ("kent", "editor"))
    client.book = book
    return client


@pytest.fixture
def ed(kent):
    """An editor of a small record on SQLite."""
    return editor_of(kent)


def typed(answer):
    """Everything a page's form would send, buttons apart."""
    html = answer.content.decode()
    sent = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("name", "value"))
        sort = re.search(r'type="(\w+)"', tag)[1]
        if name and (sort not in {"radio", "checkbox"} or " checked" in tag):
            sent[unescape(name[1])] = unescape(value[1]) if value else ""
    for name, text in re.findall(
        r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL
    ):
        sent[name] = unescape(text)
    for name, inner in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        if chosen := re.search(r'value="([^"]*)" selected', inner):
            sent[name] = unescape(chosen[1])
    for gone in ("csrfmiddlewaretoken", "next", "q", "as_at-day", "as_at-month", "as_at-year"):
        sent.pop(gone, None)
    return sent


def faults(answer):
    """What a page says is wrong, each sentence at the field its link leads to."""
    summary = (
        answer.content.decode().partition("nhsuk-error-summary__list")[2].partition("</ul>")[0]
    )
    found = re.findall(r'<li>(?:<a href="#([^"]*)">)?(.*?)(?:</a>)?</li>', summary, re.DOTALL)
    return {field: unescape(said) for field, said in found}


def sends(client, path, sent, step):
    return client.post(path, {**sent, "step": step})


def written(client, path, sent):
    """The entry that a form ends up as."""
    shown = sends(client, path, sent, "preview")
    assert shown.status_code == 200, faults(shown)
    answer = sends(client, path, typed(shown), "write")
    assert answer.status_code == 302, faults(answer)
    return client.book.entry(int(answer["Location"].rstrip("/").rpartition("/")[2]))


# --- adding ------------------------------------------------------------------------------------------


class TestAdding:
    @pytest.fixture
    def ed(self, county):
        """On one kind of database, then on the other."""
        return editor_of(county)

    def test_an_area_is_seen_before_it_is_written_and_then_stands_in_the_log_under_its_writers_name(
        self, ed
    ):
        before = ed.book.head.number
        shown = sends(ed, "/edit/add/area/", BLEAN, "preview")
        assert "kent/area/blean" in words(shown)
        assert "From 1 April 2026" in words(shown)
        assert "Kind of area place" in words(shown)
        assert ed.book.head.number == before
        entry = written(ed, "/edit/add/area/", BLEAN)
        assert (entry.number, entry.actor, entry.verb, entry.reason) == (
            before + 1, "ed", "assert", "The paper names it.",
        )  # fmt: skip
        fact = ed.book.snapshot(date(2026, 4, 1)).get("kent/area/blean")
        assert fact == Area(
            name="Blean",
            type="place",
            sources=(Source(document="kent/document/paper", at="page 3"),),
        )
        assert ed.book.snapshot(date(2026, 3, 31)).get("kent/area/blean") is None
        assert ed.book.verify() == before + 1

    def test_what_was_written_is_on_its_public_page_and_among_the_changes(self, ed):
        entry = written(ed, "/edit/add/area/", BLEAN)
        assert "The paper names it." in words(ed.get("/kent/area/blean"))
        assert "Blean" in words(ed.get("/changes/"))
        assert "Blean" in words(ed.get("/edit/changes/"))
        assert f"Entry {entry.number} of the log" in words(ed.get(f"/edit/done/{entry.number}/"))


def test_the_last_day_that_is_asked_for_is_the_last_day_on_which_it_holds(ed):
    written(
        ed, "/edit/add/area/", {**BLEAN, "last-day": "31", "last-month": "12", "last-year": "2026"}
    )
    assert ed.book.snapshot(date(2026, 12, 31)).get("kent/area/blean")
    assert ed.book.snapshot(date(2027, 1, 1)).get("kent/area/blean") is None


def test_every_fault_is_told_at_once_each_at_its_field_and_all_that_was_typed_stays(ed):
    sent = {
        "system": "kent", "fact.name": "Blean <&> Woods", "fact.type": "wood", "fact.stated": "soon",
        "from-day": "31", "from-month": "2", "from-year": "2026", "slug": "Blean Woods",
        "fact.sources.rows": "1", "fact.sources.0.document": "kent/document/papers",
    }  # fmt: skip
    answer = sends(ed, "/edit/add/area/", sent, "preview")
    assert answer.status_code == 422
    assert faults(answer) == {
        "slug": "An identifier has small letters, digits and hyphens only, such as ‘blean-woods’.",
        "fact-type": "Kind of area: choose one of those offered, not ‘wood’.",
        "fact-sources-0-document": "‘kent/document/papers’ is not on record. Did you mean kent/document/paper?",
        "from": "There is no 31 2 2026. Write a day like 1 7 2022.",
        "reason": "Say why. Everybody who reads the history will see it.",
    }
    kept = typed(answer)
    assert {name: kept[name] for name in sent if name != "fact.type"} == {
        name: text for name, text in sent.items() if name != "fact.type"
    }


def test_a_stated_date_that_cannot_be_read_is_told_at_its_field(ed):
    answer = sends(ed, "/edit/add/area/", {**BLEAN, "fact.stated": "soon"}, "preview")
    assert "'soon' is not a date" in faults(answer)["fact-stated"]


@pytest.mark.parametrize("kind", ["area", "body", "seat"])
def test_a_fact_needs_a_source(ed, kind):
    answer = sends(ed, f"/edit/add/{kind}/", {"system": "kent"}, "preview")
    assert faults(answer)["fact-sources"] == "Name at least one source: the document that says so."


def test_a_document_is_a_source_itself(ed):
    sent = {
        "system": "kent",
        "fact.title": "Minutes of May",
        "fact.type": "minutes",
        "reason": "New.",
    }
    assert written(ed, "/edit/add/document/", sent).entity == "kent/document/minutes-of-may"


@pytest.mark.parametrize(
    "named", ["kent/document/paper", "/kent/document/paper/", "the kent PAPER"]
)
def test_an_entity_can_be_named_by_identifier_address_or_name(ed, named):
    entry = written(ed, "/edit/add/area/", {**BLEAN, "fact.sources.0.document": named})
    assert '"document":"kent/document/paper"' in entry.content


def test_a_reference_to_the_wrong_kind_is_told_at_its_field(ed):
    answer = sends(
        ed, "/edit/add/seat/", {"system": "kent", "fact.body": "kent/area/thanet"}, "preview"
    )
    assert faults(answer)["fact-body"] == "‘kent/area/thanet’ is an area; name a body."


def test_an_identifier_that_is_taken_is_told_and_one_is_proposed_that_is_free(ed):
    taken = sends(ed, "/edit/add/area/", {**BLEAN, "slug": "thanet"}, "preview")
    assert "already on record" in faults(taken)["slug"]
    shown = sends(ed, "/edit/add/area/", {**BLEAN, "fact.name": "Thanet"}, "preview")
    assert "kent/area/thanet-2" in words(shown)


def test_a_second_click_writes_nothing_twice(ed):
    shown = typed(sends(ed, "/edit/add/area/", BLEAN, "preview"))
    sends(ed, "/edit/add/area/", shown, "write")
    head = ed.book.head.number
    assert "already on record" in faults(sends(ed, "/edit/add/area/", shown, "write"))["slug"]
    assert ed.book.head.number == head


def test_the_law_that_a_change_would_break_is_told_before_it_is_written(ed):
    shown = sends(ed, "/edit/add/area/", {**BLEAN, "fact.sources.0.at": ""}, "preview")
    assert "1 rule newly not met" in words(shown)
    assert "It names a document, but not the spot in it." in words(shown)


# --- rows, and finding, without script ----------------------------------------------------------------


def test_rows_are_added_and_taken_out_and_nothing_else_is_touched(ed):
    sent = {
        **BLEAN,
        "fact.aliases.rows": "2",
        "fact.aliases.0.name": "One",
        "fact.aliases.1.name": "Two",
    }
    more = typed(sends(ed, "/edit/add/area/", sent, "more:fact.aliases"))
    assert (more["fact.aliases.rows"], more["fact.aliases.1.name"]) == ("3", "Two")
    less = typed(sends(ed, "/edit/add/area/", more, "less:fact.aliases.0"))
    assert (less["fact.aliases.rows"], less["fact.aliases.0.name"]) == ("2", "Two")
    assert less["fact.name"] == "Blean"
    assert '"aliases":[{"name":"Two"}]' in written(ed, "/edit/add/area/", less).content


def test_rows_within_rows_move_with_theirs(ed):
    sent = {
        "system": "kent", "fact.readings.rows": "3", "fact.readings.1.says": "April",
        "fact.readings.1.sources.rows": "2", "fact.readings.1.sources.1.at": "page 9",
        "fact.readings.10.says": "never asked for",
    }  # fmt: skip
    less = typed(sends(ed, "/edit/add/dispute/", sent, "less:fact.readings.0"))
    assert (less["fact.readings.0.says"], less["fact.readings.0.sources.1.at"]) == (
        "April",
        "page 9",
    )


@pytest.mark.parametrize("rows", ["9999999", "-1", "x", "²"])
def test_a_form_that_claims_absurd_numbers_of_rows_does_no_harm(ed, rows):
    answer = sends(ed, "/edit/add/area/", {**BLEAN, "fact.aliases.rows": rows}, "more:fact.aliases")
    assert answer.status_code == 200
    assert len(re.findall(r'name="fact.aliases.[0-9]+.name"', answer.content.decode())) <= 60


def test_an_entity_is_found_by_name_and_put_into_its_box(ed):
    found = sends(
        ed,
        "/edit/add/seat/",
        {"system": "kent", "fact.role": "Chair", "words": "kent board"},
        "find:fact.body",
    )
    assert "kent/body/icb" in words(found)
    back = typed(sends(ed, "/edit/add/seat/", typed(found), "use:fact.body:kent/body/icb"))
    assert (back["fact.body"], back["fact.role"]) == ("kent/body/icb", "Chair")


# --- amending, correcting, withdrawing --------------------------------------------------------------------


def opened(client, path):
    return typed(client.get(path))


def test_an_amendment_begins_on_its_day_and_keeps_what_held_before(ed):
    form = opened(ed, f"/edit/{PLACE}/amend/")
    assert form["fact.name"] == "East Thanet"
    sent = {
        **form,
        "fact.name": "New Thanet",
        "reason": "Renamed.",
        "from-day": "1",
        "from-month": "6",
        "from-year": "2026",
    }
    shown = sends(ed, f"/edit/{PLACE}/amend/", sent, "preview")
    assert "Name East Thanet New Thanet" in words(shown)
    written(ed, f"/edit/{PLACE}/amend/", sent)
    names = [
        ed.book.snapshot(date.fromisoformat(day)).get(PLACE).name
        for day in ("2026-05-31", "2026-06-01")
    ]
    assert names == ["East Thanet", "New Thanet"]


def test_an_amendment_needs_the_day_on_which_it_changed(ed):
    answer = sends(
        ed,
        f"/edit/{PLACE}/amend/",
        {**opened(ed, f"/edit/{PLACE}/amend/"), "reason": "R."},
        "preview",
    )
    assert faults(answer) == {"from": "Give the day on which it changed."}


def test_a_form_begins_with_what_holds_on_the_day_asked_about(ed):
    assert opened(ed, f"/edit/{PLACE}/correct/?as_at=2022-01-01")["fact.name"] == "Thanet"
    assert opened(ed, f"/edit/{PLACE}/correct/")["from-year"] == "2023"


def test_an_entity_that_came_to_an_end_is_withdrawn_from_the_day_after(ed):
    form = opened(ed, f"/edit/{PLACE}/withdraw/?ended=yes")
    sent = {
        **form, "from-day": "1", "from-month": "4", "from-year": "2026", "reason": "Abolished.",
        "source.document": "kent/document/paper", "source.at": "page 9",
    }  # fmt: skip
    entry = written(ed, f"/edit/{PLACE}/withdraw/", sent)
    assert entry.reason == "Abolished. Source: kent/document/paper, page 9."
    assert ed.book.snapshot(date(2026, 3, 31)).get(PLACE)
    assert ed.book.snapshot(date(2026, 4, 1)).get(PLACE) is None


def test_a_withdrawal_needs_to_say_how_much_why_and_by_what_source(ed):
    answer = sends(
        ed, f"/edit/{PLACE}/withdraw/", opened(ed, f"/edit/{PLACE}/withdraw/"), "preview"
    )
    assert set(faults(answer)) == {"extent", "reason", "source-document"}


def test_what_others_name_cannot_be_withdrawn_altogether_and_exempt_names_stay_unsaid(ed):
    sent = {"extent": "altogether", "reason": "Gone.", "source.document": "kent/document/paper"}
    answer = sends(ed, "/edit/kent/document/paper/withdraw/", sent, "preview")
    assert "still names it" in faults(answer)[""]
    assert "a fact that is not for publication still names it" in faults(answer)[""]
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize("named", ["kent/body/secret", "Hushwater Panel", "kent/body/sacred"])
def test_an_exempt_entity_cannot_be_named_nor_told_from_none(ed, named):
    answer = sends(ed, "/edit/add/seat/", {"system": "kent", "fact.body": named}, "preview")
    said = faults(answer)["fact-body"]
    assert said.startswith(
        (f"‘{named}’ is not on record.", f"Nothing on record is called ‘{named}’.")
    )


def test_an_identifier_that_an_exempt_entity_has_is_refused_without_saying_why(ed):
    sent = {**BLEAN, "fact.type": "team", "slug": "secret"}
    answer = sends(ed, "/edit/add/body/", sent, "preview")
    assert faults(answer) == {"slug": "This identifier cannot be used. Choose another."}


# --- two editors ------------------------------------------------------------------------------------------


class TestTwoEditors:
    @pytest.fixture
    def ed(self, county):
        """On one kind of database, then on the other."""
        return editor_of(county)

    def conflict(self, ed, field, theirs, **mine):
        path = f"/edit/{PLACE}/correct/"
        sent = {**opened(ed, path), "reason": "As I read it.", **mine}
        fact = ed.book.snapshot(date(2026, 11, 1)).get(PLACE)
        changed = {"name": fact.name, "type": fact.type, "sources": PAPER, field: theirs}
        write(
            ed.book,
            corrected(PLACE, Area(**changed), "2023-04-01"),
            actor="Bea",
            reason="A letter came",
            at=None,
        )
        return path, sends(ed, path, sent, "preview")

    def test_a_conflict_shows_who_changed_what_and_three_values_side_by_side(self, ed):
        _, answer = self.conflict(ed, "name", "Far Thanet", **{"fact.name": "Near Thanet"})
        assert answer.status_code == 409
        said = words(answer)
        assert "Bea" in said
        assert "“A letter came”" in said
        values = "When you opened it East Thanet Theirs, on record now Far Thanet Yours Near Thanet"
        assert f"Name Both changed {values}" in said
        assert typed(answer)["fact.name"] == "Near Thanet"
        assert typed(answer)["reason"] == "As I read it."

    def test_a_field_that_both_changed_has_to_be_chosen(self, ed):
        path, answer = self.conflict(ed, "name", "Far Thanet", **{"fact.name": "Near Thanet"})
        again = sends(ed, path, typed(answer), "settle")
        assert again.status_code == 409
        assert "Name: choose theirs or yours." in words(again)

    @pytest.mark.parametrize(
        ("choice", "name"), [("yours", "Near Thanet"), ("theirs", "Far Thanet")]
    )
    def test_what_is_chosen_is_previewed_and_written(self, ed, choice, name):
        path, answer = self.conflict(
            ed, "name", "Far Thanet", **{"fact.name": "Near Thanet", "fact.note": "Mine."}
        )
        shown = sends(ed, path, {**typed(answer), "settle.name": choice}, "settle")
        assert shown.status_code == 200
        assert sends(ed, path, typed(shown), "write").status_code == 302
        fact = ed.book.snapshot(date(2026, 11, 1)).get(PLACE)
        assert (fact.name, fact.note) == (name, "Mine.")

    def test_different_fields_are_settled_without_a_choice_and_neither_is_lost(self, ed):
        path, answer = self.conflict(ed, "note", "Theirs.", **{"fact.name": "Near Thanet"})
        shown = sends(ed, path, typed(answer), "settle")
        assert sends(ed, path, typed(shown), "write").status_code == 302
        fact = ed.book.snapshot(date(2026, 11, 1)).get(PLACE)
        assert (fact.name, fact.note) == ("Near Thanet", "Theirs.")

    def test_a_change_between_the_preview_and_the_writing_is_noticed(self, ed):
        path = f"/edit/{PLACE}/amend/"
        sent = {
            **opened(ed, path),
            "fact.name": "N",
            "reason": "R.",
            "from-day": "1",
            "from-month": "6",
            "from-year": "2026",
        }
        shown = sends(ed, path, sent, "preview")
        write(
            ed.book,
            amended(PLACE, Area(name="F", type="place", sources=PAPER), "2026-01-01"),
            at=None,
        )
        head = ed.book.head.number
        assert sends(ed, path, typed(shown), "write").status_code == 409
        assert ed.book.head.number == head


# --- undoing ----------------------------------------------------------------------------------------------


def spans(book):
    kind = book.vocabulary.kind("area")
    return [
        (v.valid_from, v.valid_to, kind.decode(v.content).name) for v in book.live(PLACE).versions
    ]


def undone(client, entry, part=""):
    address = f"/edit/{entry.entity}/put-back/{entry.number}/{part}"
    answer = client.get(address)
    action = re.search(r'<form method="post" action="(/edit/[^"]+)"', answer.content.decode())[1]
    sent = {**typed(answer), "source.document": "kent/document/paper"}
    return written(client, action, {**sent, "reason": f"{sent['reason']}a slip."})


def test_an_addition_is_undone_by_withdrawing_it(ed):
    entry = undone(ed, written(ed, "/edit/add/area/", BLEAN))
    assert entry.verb == "withdraw"
    assert ed.book.live("kent/area/blean").versions == []


def test_a_withdrawal_is_undone_by_putting_it_on_record_again(ed):
    before = spans(ed.book)
    sent = {
        "extent": "days",
        "from-day": "1",
        "from-month": "4",
        "from-year": "2026",
        "reason": "R.",
        "source.document": "kent/document/paper",
    }
    entry = undone(ed, written(ed, f"/edit/{PLACE}/withdraw/", sent))
    assert entry.verb == "assert"
    assert entry.reason.startswith("Put back as it was before entry")
    assert [(name, ends) for _, ends, name in spans(ed.book)][-1] == (before[-1][2], before[-1][1])
    assert ed.book.snapshot(date(2026, 4, 1)).get(PLACE).name == "East Thanet"


def test_an_amendment_is_undone_by_a_correction_over_its_days(ed):
    write(
        ed.book, amended(PLACE, Area(name="F", type="place", sources=PAPER), "2026-01-01"), at=None
    )
    entry = undone(ed, ed.book.entry(ed.book.head.number))
    assert entry.verb == "correct"
    assert {name for _, _, name in spans(ed.book)} == {"Thanet", "East Thanet"}


def test_a_correction_over_several_versions_is_undone_one_by_one(ed):
    write(ed.book, corrected(PLACE, Area(name="F", type="place", sources=PAPER)), at=None)
    entry = ed.book.entry(ed.book.head.number)
    offered = ed.get(f"/edit/{PLACE}/put-back/{entry.number}/")
    assert words(offered).count("what held then comes back") == 2
    undone(ed, entry, "?part=0")
    undone(ed, entry, "?part=1")
    assert spans(ed.book) == [
        ("0001-01-01", "2023-04-01", "Thanet"),
        ("2023-04-01", "9999-12-31", "East Thanet"),
    ]


def test_days_that_an_entry_added_are_taken_off_again(ed):
    board, fact = "kent/body/icb", ed.book.snapshot(date(2026, 11, 1)).get("kent/body/icb")
    write(ed.book, corrected(board, fact, "2022-04-01"), at=None)
    entry = ed.book.entry(ed.book.head.number)
    undone(ed, entry, "?part=1")
    assert ed.book.snapshot(date(2022, 6, 30)).get(board) is None
    assert ed.book.snapshot(date(2022, 7, 1)).get(board) == fact


# --- striking out -----------------------------------------------------------------------------------------


def test_a_keeper_strikes_a_value_out_for_good_and_the_log_still_proves(county):
    keeper = officer("keeper-one", ("kent", "keeper"))
    keeper.book = county
    number = next(e.number for e in county.entries() if e.entity == "kent/appointment/trust")
    path = "/edit/kent/appointment/trust/redact/"
    form = typed(keeper.get(f"{path}?target={number}"))
    assert faults(sends(keeper, path, form, "preview")) == {
        "names": "Choose at least one value to strike out.",
        "reason": "Say why. Everybody who reads the history will see it.",
    }
    sent = {**form, "names": ["holder"], "reason": "Asked for by the person."}
    shown = sends(keeper, path, sent, "preview")
    assert "Holder The chief executive [struck out]" in words(shown)
    assert sends(keeper, path, {**typed(shown), "names": ["holder"]}, "write").status_code == 302
    assert "The chief executive" not in county.entry(number).content
    assert county.verify() == county.head.number
