"""The clerk's desk: a meeting from agenda to published minutes, step by step, each saved as facts."""

from datetime import date

from commonweal.meetings.facts import AgendaItem, Attendance, Meeting
from commonweal_site.day import today
from tests.accounts.officers import officer, public
from tests.desks.clerks import a_day, attend, facts, refused, saves, started
from tests.site.conftest import words


def test_the_public_and_people_without_a_role_do_not_get_to_the_desk(office):
    assert public().get("/desk/kent/x/").status_code == 302
    reader = officer("eve", ("kent", "reader"))
    assert reader.get("/desk/kent/x/").status_code == 403


def test_a_new_meeting_begins_with_the_standing_items(clerk):
    desk = started(clerk)
    page = words(clerk.get(desk))
    assert "4 items" not in page
    assert [each.name for each in facts(clerk, AgendaItem).values()] == [
        "Apologies", "Date of next meeting", "Declarations of interest"
    ]  # fmt: skip
    assert [each.when for each in facts(clerk, Meeting).values()] == [today().isoformat()]


def test_a_second_meeting_approves_the_minutes_of_the_first(clerk):
    started(clerk, date(2026, 9, 1))
    started(clerk)
    assert "Minutes of 1 September 2026" in [
        each.name for each in facts(clerk, AgendaItem).values()
    ]


def test_two_meetings_of_one_body_on_one_day_are_refused(clerk):
    started(clerk)
    said = refused(
        clerk, "/desk/start/kent/icb/", **a_day("when", today()), public="yes", carry="yes"
    )
    assert "A meeting on that day is already on record" in said


def test_items_are_added_moved_and_taken_off(clerk):
    desk = started(clerk)
    saves(clerk, f"{desk}agenda/", name="Clinic at the seaside", type="approve")
    numbers = {each.name: each.number for each in facts(clerk, AgendaItem).values()}
    assert numbers["Clinic at the seaside"] == "4"
    slug = next(n.split("/")[2] for n, i in facts(clerk, AgendaItem).items() if i.number == "4")
    saves(clerk, f"{desk}agenda/", step=f"up:{slug}")
    assert facts(clerk, AgendaItem)[f"kent/item/{slug}"].number == "3"
    saves(clerk, f"{desk}agenda/", step=f"off:{slug}")
    assert f"kent/item/{slug}" not in facts(clerk, AgendaItem)


def test_an_item_without_a_title_is_refused_with_a_sentence(clerk):
    assert "Answer this: What is the item about?" in refused(
        clerk, f"{started(clerk)}agenda/", name="", type="note"
    )


def test_notice_is_counted_in_clear_days_by_the_law_of_the_body(clerk):
    desk = started(clerk, date(2026, 11, 20))
    assert "Notice is due on 16 November 2026 at the latest" in words(clerk.get(f"{desk}notice/"))
    saves(clerk, f"{desk}notice/", **a_day("notice", date(2026, 11, 16)))
    assert "Met Notice of the meeting" in words(clerk.get(f"{desk}notice/"))
    saves(clerk, f"{desk}notice/", **a_day("notice", date(2026, 11, 17)))
    assert "Not met Notice of the meeting" in words(clerk.get(f"{desk}notice/"))


def test_attendance_by_mode_deputies_and_apologies_is_ticked_off_a_list_of_seats(clerk):
    desk = started(clerk)
    attend(clerk, desk, lay="online", nurse="apologies", money="deputy online")
    found = {
        (e.who or e.on_behalf_of).split("/")[2]: (e.type, e.capacity)
        for e in facts(clerk, Attendance).values()
    }
    assert found == {
        "chair": ("in person", "member"), "lay": ("online", "member"),
        "nurse": ("apologies", "member"), "money": ("online", "substitute"),
    }  # fmt: skip
    assert "3 members counted; 3 are asked for" in words(clerk.get(f"{desk}attendance/"))
    assert facts(clerk, Meeting)["kent/meeting/" + desk.split("/")[3]].type == "held"


def test_ticking_again_puts_right_only_what_changed(clerk):
    desk = started(clerk)
    attend(clerk, desk)
    head = clerk.book.head.number
    attend(clerk, desk)
    assert clerk.book.head.number == head
    attend(clerk, desk, lay="")
    assert len(facts(clerk, Attendance)) == 3


def test_a_deputy_who_is_not_named_by_role_is_asked_for(clerk):
    said = refused(clerk, f"{started(clerk)}attendance/", **{"how-chair": "deputy online"})
    assert "Say by role who came in place of Chair." in said
