"""Minutes: built from the record, worded by a person, published as a draft, approved at the next meeting."""

from datetime import date
from io import BytesIO

import docx
import pypdf
import pytest

from commonweal.meetings.decided import Decision
from commonweal.meetings.facts import AgendaItem
from commonweal.meetings.minuted import Minutes
from commonweal.meetings.said import Comment
from commonweal_site.day import today
from tests.accounts.officers import officer, public
from tests.desks.clerks import attend, facts, refused, saves, started
from tests.site.conftest import words

SEPTEMBER = date(2026, 9, 1)


def items(clerk, desk):
    meeting = f"kent/meeting/{desk.split('/')[3]}"
    return {
        item.name: f"{desk}items/{name.split('/')[2]}/"
        for name, item in facts(clerk, AgendaItem).items()
        if item.meeting == meeting
    }


@pytest.fixture
def held(clerk):
    """A meeting of September with one public decision and one private view."""
    desk = started(clerk, SEPTEMBER, carry="no")
    saves(clerk, f"{desk}agenda/", name="Opening a clinic", type="approve")
    saves(clerk, f"{desk}agenda/", name="A claim", type="discuss", private="legal")
    attend(clerk, desk)
    found = items(clerk, desk)
    saves(clerk, f"{found['Opening a clinic']}decision/", step="write", name="The clinic opens",
          type="consensus", outcome="carried")  # fmt: skip
    saves(clerk, f"{found['A claim']}discussion/", name="Claim", text="The quincunx claim is weak and costly.",
          by="kent/seat/chair")  # fmt: skip
    return desk


def text_of(clerk, desk):
    from html import unescape

    page = clerk.get(f"{desk}minutes/").content.decode()
    return unescape(
        page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    ).strip()


def test_the_text_is_built_from_what_is_public(clerk, held):
    text = text_of(clerk, held)
    assert "## 1. Opening a clinic" in text
    assert "Decided: The clinic opens" in text
    assert "Taken in private because: Legal advice" in text
    assert "quincunx" not in text


def test_a_draft_is_kept_back_and_what_the_person_changed_is_shown(clerk, held):
    text = text_of(clerk, held).replace(
        "Decided: The clinic opens", "It was resolved that the clinic open."
    )
    saves(clerk, f"{held}minutes/", text=text)
    said = words(clerk.get(f"{held}minutes/"))
    assert "Only in the record: Decided: The clinic opens" in said
    assert "Only in this text: It was resolved that the clinic open." in said
    ((name, _),) = facts(clerk, Minutes).items()
    assert public().get(f"/{name}").status_code == 404
    for path in (
        "/changes/",
        "/search/?q=minutes",
        "/kinds/minutes.json",
        f"/{name}.pdf",
        f"/{name}.docx",
    ):
        assert "It was resolved" not in public().get(path).content.decode(errors="replace")


def test_the_draft_is_published_with_its_decisions_as_page_word_and_pdf(clerk, held):
    saves(clerk, f"{held}minutes/", text=text_of(clerk, held) + "\nThe chair thanked everybody.")
    saves(clerk, f"{held}publish/", text=text_of(clerk, held))
    (name,) = [n for n, m in facts(clerk, Minutes).items() if m.type == "published draft"]
    said = words(public().get(f"/{name}"))
    assert "The chair thanked everybody." in said
    assert "as a draft. The next meeting is asked to approve it" in said
    assert [d.published for d in facts(clerk, Decision).values()] == [today().isoformat()]
    word = docx.Document(BytesIO(public().get(f"/{name}.docx").content))
    assert "The chair thanked everybody." in "\n".join(p.text for p in word.paragraphs)
    pdf = pypdf.PdfReader(BytesIO(public().get(f"/{name}.pdf").content))
    assert "The chair thanked everybody." in " ".join(page.extract_text() for page in pdf.pages)


def test_what_is_kept_back_cannot_be_published_in_the_text_of_minutes(clerk, held):
    leak = text_of(clerk, held) + "\nChair said: The quincunx claim is weak and costly."
    assert "This stands in the text but is not for publication" in refused(
        clerk, f"{held}publish/", text=leak
    )
    saves(clerk, f"{held}publish/", text=text_of(clerk, held))
    assert "not for publication" in refused(clerk, f"{held}minutes/", text=leak)


def test_empty_minutes_are_refused(clerk, held):
    assert "The minutes are empty." in refused(clerk, f"{held}minutes/", text=" ")


def test_somebody_who_may_not_keep_a_draft_back_can_publish_at_once(office, clerk, held):
    bea = officer("bea", ("kent", "editor"))
    bea.book = office
    assert "You can publish the text as it stands instead." in refused(
        bea, f"{held}minutes/", text="## One"
    )
    saves(bea, f"{held}publish/", text="## One")
    assert [m.text for m in facts(clerk, Minutes).values()] == ["## One"]


@pytest.fixture
def following(clerk, held):
    """The next meeting, everybody there, with the minutes of September to approve."""
    saves(clerk, f"{held}publish/", text=text_of(clerk, held))
    desk = started(clerk)
    attend(clerk, desk)
    return desk


def test_minutes_are_approved_by_a_decision_of_the_next_meeting(clerk, held, following):
    item = items(clerk, following)["Minutes of 1 September 2026"]
    saves(clerk, f"{item}approve/", corrections="Item 1: ‘seaside’ for ‘lakeside’.")
    ((name, minuted),) = facts(clerk, Minutes).items()
    assert minuted.type == "approved"
    assert minuted.approved_at == f"kent/item/{item.split('/')[-2]}"
    assert minuted.corrections == ("Item 1: ‘seaside’ for ‘lakeside’.",)
    assert "Minutes of 1 September 2026 approved as a correct record" in [
        d.name for d in facts(clerk, Decision).values()
    ]
    assert [c.text for c in facts(clerk, Comment).values() if not c.exempt] == [
        "Item 1: ‘seaside’ for ‘lakeside’."
    ]
    assert f"Approved on {today().day} " in words(public().get(f"/{name}"))
    before = clerk.book.snapshot(date(2026, 9, 2)).fact(name)
    assert before.type == "published draft"


def test_approved_minutes_stay_as_they_are(clerk, held, following):
    saves(clerk, f"{items(clerk, following)['Minutes of 1 September 2026']}approve/")
    assert "Approved minutes stay as they are." in refused(
        clerk, f"{held}minutes/", text="Other words"
    )


def test_minutes_are_not_approved_without_a_quorum(clerk, following):
    attend(clerk, following, nurse="apologies", money="apologies")
    item = items(clerk, following)["Minutes of 1 September 2026"]
    assert "Without a quorum the minutes cannot be approved." in refused(clerk, f"{item}approve/")


def test_all_the_steps_show_how_far_the_meeting_is(clerk, held, following):
    said = words(clerk.get(held))
    assert "Publish Published on" in said
    assert "Minutes Published draft Done" in said


def test_a_decision_that_took_effect_before_it_was_published_is_published_with_that_fault_named(
    clerk,
):
    desk = started(clerk, SEPTEMBER, carry="no")
    saves(clerk, f"{desk}agenda/", name="Opening a clinic", type="approve")
    attend(clerk, desk)
    effective = {"effective-day": 2, "effective-month": 9, "effective-year": 2026}
    saves(clerk, f"{items(clerk, desk)['Opening a clinic']}decision/", step="write", name="The clinic opens",
          type="consensus", outcome="carried", **effective)  # fmt: skip
    assert [d.known_faults for d in facts(clerk, Decision).values()] == [()]
    saves(clerk, f"{desk}publish/", text="## One")
    assert [d.known_faults for d in facts(clerk, Decision).values()] == [("publication",)]
