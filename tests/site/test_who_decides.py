"""Who decides? The pages and their data, on the shipped packs."""

import csv
import html
import io
import json
import re
from datetime import date

import pytest

from commonweal.authority.canonical import digest
from commonweal_site.authority.asking import PUBLIC_ONLY, answered_from
from commonweal_site.authority.having_a_say import say
from commonweal_site.record import shelf
from tests.site.conftest import words

ASKED = "?function=reablement&area=southampton&amount=400000&as_at=2022-05-01"


def test_the_boxes_stand_there_with_a_question_worth_asking(shipped):
    said = shipped.get("/who-decides/").content.decode()
    assert "What is to be decided" in said
    assert "who could approve £400,000 of reablement in Southampton?" in said


def test_the_answer_names_who_may_and_who_cannot_be_told(shipped):
    said = shipped.get(f"/who-decides/{ASKED}").content.decode()
    assert said.count("May decide</strong>") == 2
    assert "Southampton Joint Commissioning Board</a>" in said
    assert "its limit is not recorded" in said


def test_the_same_as_data_carries_a_proof_for_each_who_may(shipped):
    data = shipped.get(f"/who-decides.json{ASKED}").json()
    assert [each["proof"]["hash"] for each in data["allowed"]]
    assert {each["outcome"] for each in data["cannot_tell"]} == {"cannot tell"}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("?function=reablemnt&area=southampton", "can be asked about"),
        ("?function=reablement&area=sowthampton", "can be asked about"),
        ("?function=reablement", "Say for where."),
        ("?area=southampton", "Say what is to be decided."),
        ("?function=reablement&area=southampton&amount=-1", "cannot be below nothing"),
        ("?function=reablement&area=southampton&as_at=1900-01-01", "not on record"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_do(shipped, asked, says):
    answer = shipped.get(f"/who-decides/{asked}")
    assert answer.status_code == 400
    assert says in answer.content.decode()


def offered(answer):
    """The questions that a page offers instead, by their words."""
    assert answer.status_code == 400
    said = answer.content.decode().partition("can be asked about:")[2].partition("</ul>")[0]
    return {text: html.unescape(to) for to, text in re.findall(r'href="([^"]+)">([^<]+)<', said)}


def test_a_word_of_a_name_offers_what_has_it_and_one_press_asks_it(shipped):
    asked = "/who-decides/?function=discharge&area=southampton&amount=400000&as_at=2022-05-01"
    instead = offered(shipped.get(asked))
    answer = shipped.get(instead["Rehabilitation, reablement and discharge from hospital"])
    assert answer.status_code == 200
    assert "£400,000" in words(answer)
    assert "On 1 May 2022, " in words(answer)


def test_a_subject_that_nothing_is_like_offers_those_of_the_system_asked_about(shipped):
    instead = offered(shipped.get("/who-decides/?function=mental+health&area=exampleshire"))
    assert "Talking therapies" in instead
    assert "Long-term care" not in instead, "which is Southampton's"


def test_several_of_one_name_are_told_apart_by_what_they_are(shipped):
    instead = offered(shipped.get("/who-decides/?function=reablement&area=sowthampton"))
    assert "Southampton: place, Hampshire and Isle of Wight" in instead
    assert len(instead) == len(set(instead.values())) > 1


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("£400,000", "£400,000"),
        ("400k", "£400,000"),
        ("£1.5m", "£1,500,000"),
        ("2 Million", "£2,000,000"),
    ],
)
def test_an_amount_may_be_written_as_people_write_it(shipped, written, means):
    asked = {
        "function": "reablement",
        "area": "southampton",
        "amount": written,
        "as_at": "2022-05-01",
    }
    assert f", for Southampton, {means}." in words(shipped.get("/who-decides/", asked))


@pytest.mark.parametrize("written", ["m", "£", "1.5.2m", "1e9", "5 apples", "--4", "0.0000001k"])
def test_what_is_no_amount_is_refused_in_a_sentence(shipped, written):
    asked = {
        "function": "reablement",
        "area": "southampton",
        "amount": written,
        "as_at": "2022-05-01",
    }
    answer = shipped.get("/who-decides/", asked)
    assert answer.status_code == 400
    assert "not an amount" in words(answer) or "two places of pence" in words(answer)


NORTH = "?function=exampleshire/function/reablement&area=exampleshire/area/north"


# --- the answer ----------------------------------------------------------------------------------


def test_the_front_page_asks_and_leads_to_the_answer(shipped):
    said = shipped.get("/").content.decode()
    assert 'action="/who-decides/"' in said
    assert '<option value="Adult social care">' in said
    asked = "/who-decides/?function=reablement&area=southampton&as_at-day=1&as_at-month=5&as_at-year=2022"
    answer = shipped.get(asked, follow=True)
    assert answer.redirect_chain == [
        ("/who-decides/?function=reablement&area=southampton&as_at=2022-05-01", 302)
    ]
    assert "On 1 May 2022, " in words(answer)


def test_what_only_an_invented_system_has_is_not_offered_on_the_front_page(shipped):
    option = '<option value="Equipment for living at home">'
    assert option not in shipped.get("/").content.decode()
    assert option in shipped.get("/who-decides/").content.decode()


def test_a_form_that_asks_for_a_day_keeps_the_instant(shipped):
    asked = "/who-decides/?as_at-day=1&as_at-month=5&as_at-year=2022&known=2026-01-01"
    assert "known=2026-01-01" in shipped.get(asked).headers["Location"]


def test_the_answer_begins_with_one_plain_sentence(shipped):
    said = words(shipped.get(f"/who-decides/{ASKED}"))
    assert (
        "On 1 May 2022, NHS Hampshire, Southampton and Isle of Wight Clinical Commissioning Group "
        "or Southampton City Council may decide this, each without the others. Whether Southampton "
        "Joint Commissioning Board may too cannot be told." in said
    )


def test_a_limit_stands_in_the_sentence(shipped):
    said = words(shipped.get(f"/who-decides/{NORTH}&as_at=2026-12-01"))
    assert "North Exampleshire Place Board (up to £900,000)" in said


def test_the_law_behind_each_step_leads_to_its_text_and_to_our_rule(shipped):
    said = shipped.get(f"/who-decides/{NORTH}&as_at=2026-12-01").content.decode()
    assert "https://www.legislation.gov.uk/ukpga/2006/41/schedule/1B/paragraph/11" in said
    assert "/rules/ICB-CON-10/?as_at=2026-12-01" in said


def test_the_chain_is_drawn_with_the_same_as_a_table_and_in_words(shipped):
    said = shipped.get(f"/who-decides/{NORTH}&as_at=2026-12-01").content.decode()
    assert "<svg" in said
    assert (
        "NHS Exampleshire Integrated Care Board passes it on to North Exampleshire Place Board."
        in said
    )
    assert "How North Exampleshire Place Board comes to decide on" in said


def test_what_cannot_be_told_says_what_is_missing_and_where_it_would_stand(shipped):
    said = words(shipped.get(f"/who-decides/{ASKED}"))
    assert "Its limit is not recorded" in said
    assert (
        "It would stand in “Terms of reference of the Southampton Joint Commissioning Board”, or a "
        "later document that replaces it." in said
    )


def test_who_speaks_for_residents_is_named_and_silence_is_said(shipped):
    said = words(shipped.get(f"/who-decides/{ASKED}"))
    assert "Speaks for residents Healthwatch Southampton" in said
    assert "Looks at decisions afterwards Not recorded" in said
    assert "Next meeting Not recorded." in said


def test_the_next_meeting_is_one_that_is_on_record_on_the_day(shipped):
    snapshot = shelf.SHELF.snapshot(date(2026, 12, 1))
    board = "exampleshire/body/icb"
    coming = [
        each.when for each in snapshot.of_kind("meeting").values()
        if each.body == board and each.when >= "2026-12-01"
    ]  # fmt: skip
    said = words(shipped.get(f"/who-decides/{NORTH}&as_at=2026-12-01"))
    assert coming
    assert "Next meeting 9 December 2026 at 13:30" in said
    assert min(coming) == "2026-12-09"


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("body", "first", "then"),
    [
        ("icb", "9 December 2026 at 13:30, Example Hall", "13 January 2027"),
        ("north-place-board", "16 December 2026 at 10:00, Example Hall", "17 February 2027"),
        ("exampleshire-council", "2 December 2026 at 10:00, Example Hall", "3 February 2027"),
        ("exampleton-wellbeing-board", "10 December 2026 at 14:00, Example Hall", "11 March 2027"),
    ],
)
def test_the_two_next_meetings_stand_there_from_the_day_they_were_announced(
    shipped, body, first, then
):
    del shipped
    holder = f"exampleshire/body/{body}"
    told = say(shelf.SHELF.snapshot(TODAY), holder, "exampleshire/area/north")
    assert (told.coming.text, told.public) == (first, "It is held in public.")
    assert told.then.text.startswith(f"{then} at ")  # the north's of 20 January 2027 is called off


def test_a_meeting_is_not_known_before_it_was_announced_nor_coming_on_the_day_after(shipped):
    del shipped
    council = "exampleshire/body/exampleshire-council", "exampleshire/area/north"
    for day, first in (
        (date(2026, 11, 19), "3 February 2027"),
        (date(2026, 11, 20), "2 December 2026"),
        (date(2026, 12, 2), "2 December 2026"),
        (date(2026, 12, 3), "3 February 2027"),
    ):
        assert say(shelf.SHELF.snapshot(day), *council).coming.text.startswith(first)


def test_the_answer_page_shows_the_meeting_after_the_next_too(shipped):
    said = words(shipped.get(f"/who-decides/{NORTH}&as_at=2026-11-22"))
    assert "Next meeting 16 December 2026 at 10:00, Example Hall . It is held in public." in said
    assert "Then: 17 February 2027 at 10:00, Example Hall ." in said


@pytest.mark.parametrize(
    "path",
    [f"/who-decides/{NORTH}", f"/who-decides/may/{NORTH}&holder=exampleshire/body/icb",
     f"/who-decides/over-time/{NORTH}", "/exampleshire/body/icb/powers/", "/manual/who-decides/"],
)  # fmt: skip
def test_every_answer_says_that_it_rests_on_the_public_record_only(shipped, path):
    assert PUBLIC_ONLY in words(shipped.get(path))


@pytest.mark.parametrize(
    "path",
    [f"/who-decides.json{NORTH}", f"/who-decides/over-time.json{NORTH}",
     f"/who-decides/may.json{NORTH}&holder=exampleshire/body/icb"],
)  # fmt: skip
def test_the_answers_as_data_say_so_too(shipped, path):
    assert shipped.get(path).json()["answered_from"] == PUBLIC_ONLY


def test_whoever_may_see_more_is_told_what_the_answer_rests_on():
    assert answered_from(frozenset()) == PUBLIC_ONLY
    assert "besides of dorset, kent:" in answered_from(frozenset({"kent", "dorset"}))
    assert "the whole record" in answered_from(frozenset({"*"}))


def test_the_answer_for_an_invented_place_says_that_it_is_invented(shipped):
    assert "Invented." in words(shipped.get(f"/who-decides/{NORTH}&as_at=2026-12-01"))
    assert "Invented." not in words(shipped.get(f"/who-decides/{ASKED}"))


def test_when_nobody_may_what_came_nearest_is_told(shipped):
    asked = "function=arrange-health-services&area=hampshire-and-isle-of-wight/area/sub-southampton"
    path = f"/who-decides/?{asked}&as_at=2022-05-01"
    said = words(shipped.get(path))
    assert "On 1 May 2022, nobody on record may decide this." in said
    assert "What came nearest" in said
    assert "it begins on 1 July 2022" in said
    later = words(shipped.get(path.replace("2022-05-01", "2022-07-01")))
    assert "NHS Hampshire and Isle of Wight Integrated Care Board may decide this." in later


# --- turning the day -----------------------------------------------------------------------------


def changes(client, asked):
    return client.get(f"/who-decides/over-time.json{asked}").json()["changes"]


def test_the_answer_changes_on_the_day_the_boards_began(shipped):
    days = {each["on"]: each for each in changes(shipped, ASKED)}
    before, after = days["2022-07-01"]["before"], days["2022-07-01"]["after"]
    assert before["cannot_tell"]
    assert after["cannot_tell"] == []
    assert "hampshire-and-isle-of-wight/body/icb" in {each["holder"] for each in after["allowed"]}


def test_a_limit_that_grows_is_a_change_of_the_answer(shipped):
    [change] = [each for each in changes(shipped, f"{NORTH}&as_at=2026-12-01")
                if each["on"] == "2024-04-01"]  # fmt: skip
    ceilings = [
        {each["holder"]: each["ceiling_pence"] for each in change[side]["allowed"]}
        for side in ("before", "after")
    ]
    place = "exampleshire/body/north-place-board"
    assert [each[place] for each in ceilings] == [750_000_00, 900_000_00]


@pytest.mark.parametrize("asked", [ASKED, f"{NORTH}&as_at=2026-12-01"])
def test_each_side_of_each_day_is_what_the_question_gets_there(shipped, asked):
    without = re.sub(r"&as_at=[^&]+", "", asked)
    for change in changes(shipped, asked):
        day = date.fromisoformat(change["on"])
        eve = date.fromordinal(day.toordinal() - 1)
        for on, side in ((eve, "before"), (day, "after")):
            answer = shipped.get(f"/who-decides.json{without}&as_at={on}")
            told = answer.json() if answer.status_code == 200 else {"allowed": []}
            assert [each["holder"] for each in change[side]["allowed"]] == sorted(
                each["holder"] for each in told["allowed"]
            )


def test_the_page_links_to_the_question_on_the_other_days(shipped):
    said = shipped.get(f"/who-decides/{ASKED}").content.decode()
    assert "as_at=2022-06-30" in said
    assert "as_at=2022-07-01" in said
    assert "30 June 2022" in words(shipped.get(f"/who-decides/over-time/{ASKED}"))


def test_what_was_not_yet_known_turns_no_answer(shipped):
    asked = "/who-decides/over-time.json?function=reablement&area=southampton&known=2019-01-01"
    assert shipped.get(asked).status_code == 400


# --- one holder ----------------------------------------------------------------------------------

BOARD = "&holder=southampton-joint-commissioning-board"


def test_one_holder_can_be_asked_about_by_name(shipped):
    said = shipped.get(f"/who-decides/may.json{ASKED}{BOARD}").json()
    assert said["outcome"] == "cannot tell"
    page = words(shipped.get(f"/who-decides/may/{ASKED}{BOARD}"))
    assert page.count(said["because"]) == 1
    assert "Who else may decide this?" in page


def test_without_a_holder_it_is_asked_for(shipped):
    assert "Say who" in shipped.get(f"/who-decides/may.json{ASKED}").json()["fault"]
    assert shipped.get("/who-decides/may/").status_code == 200


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("&money=cash", "revenue or capital"),
        ("&urgent=perhaps", "Write “yes”"),
        ("&so_far=lots", "is not an amount"),
        ("&budget=-5", "cannot be below nothing"),
    ],
)
def test_the_further_boxes_are_read_as_strictly(shipped, more, says):
    assert says in shipped.get(f"/who-decides.json{ASKED}{more}").json()["fault"]


def test_what_is_spent_already_counts(shipped):
    asked = (
        "/who-decides/may.json?holder=exampleshire/post/integrated-commissioning&amount=100000"
        "&function=exampleshire/function/hospital-contracts&area=exampleshire/area/system"
        "&as_at=2023-05-01"
    )
    assert shipped.get(asked).json()["outcome"] == "cannot tell"
    assert shipped.get(f"{asked}&so_far=300000").json()["outcome"] == "allowed"
    assert shipped.get(f"{asked}&so_far=300000.01").json()["outcome"] == "refused"


# --- powers --------------------------------------------------------------------------------------

PLACE = "exampleshire/body/north-place-board"


def test_the_page_of_a_body_or_post_leads_to_what_it_may_decide(shipped):
    assert f"/{PLACE}/powers/" in shipped.get(f"/{PLACE}").content.decode()
    post = "exampleshire/post/integrated-commissioning"
    assert f"/{post}/powers/" in shipped.get(f"/{post}").content.decode()
    assert "/powers/" not in shipped.get("/exampleshire/area/north").content.decode()


def test_each_power_says_its_limit_document_law_and_source(shipped):
    said = words(shipped.get(f"/{PLACE}/powers/?as_at=2026-12-01"))
    assert "Community health services" in said
    assert "Up to £1,000,000; in all, £900,000" in said  # the board keeps what is above
    assert "Scheme of reservation and delegation, second version, line 4.1" in said
    assert "National Health Service Act 2006, Schedule 1B, paragraph 11" in said
    assert "Source 1" in said


def test_the_same_powers_on_another_day_are_others(shipped):
    before = shipped.get(f"/{PLACE}/powers.json?as_at=2023-05-01").json()["powers"]
    after = shipped.get(f"/{PLACE}/powers.json?as_at=2026-12-01").json()["powers"]
    assert {each["ceiling_pence"] for each in before} != {each["ceiling_pence"] for each in after}


def test_the_table_of_powers_holds_what_the_data_hold(shipped):
    data = shipped.get(f"/{PLACE}/powers.json?as_at=2026-12-01").json()["powers"]
    text = shipped.get(f"/{PLACE}/powers.csv?as_at=2026-12-01").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [each["by"] for each in rows] == [each["by"] for each in data]
    assert [each["outcome"] for each in rows] == [each["outcome"] for each in data]
    assert "900000.00" in {each["up_to_pounds"] for each in rows}


def test_a_forum_may_decide_nothing_and_the_page_says_so(shipped):
    forum = next(
        name for name, body in shelf.SHELF.snapshot(date(2021, 11, 1)).of_kind("body").items()
        if body.type == "place forum"
    )  # fmt: skip
    said = words(shipped.get(f"/{forum}/powers/?as_at=2021-11-01"))
    assert "Nothing on record lets it decide anything on this day." in said


def test_the_powers_of_nobody_are_not_found(shipped):
    assert shipped.get("/exampleshire/body/nobody/powers/").status_code == 404


# --- tables and proofs ---------------------------------------------------------------------------


def test_the_table_of_answers_names_everybody_the_data_name(shipped):
    data = shipped.get(f"/who-decides.json{ASKED}").json()
    text = shipped.get(f"/who-decides.csv{ASKED}").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    told = [*data["allowed"], *data["cannot_tell"]]
    assert [(each["holder"], each["outcome"]) for each in rows] == [
        (each["holder"], each["outcome"]) for each in told
    ]
    assert {each["amount_pounds"] for each in rows} == {"400000.00"}


def proof(client):
    return client.get(f"/who-decides.json{ASKED}").json()["allowed"][0]["proof"]


def checked(client, given):
    text = given if isinstance(given, str) else json.dumps(given)
    return client.post("/who-decides/verify.json", text, content_type="application/json").json()


def test_a_proof_that_is_sent_back_holds_and_says_what_it_proves(shipped):
    said = checked(shipped, proof(shipped))
    assert said["accepted"] is True
    assert "may decide on Rehabilitation, reablement and discharge from hospital" in said["because"]
    assert (said["as_at"], said["known"]) == (proof(shipped)["day"], proof(shipped)["known"])


def test_a_proof_can_be_pasted_into_a_page(shipped):
    answer = shipped.post("/who-decides/verify/", {"proof": json.dumps(proof(shipped))})
    assert "The proof holds." in words(answer)
    empty = shipped.post("/who-decides/verify/", {"proof": ""})
    assert "Paste a proof into the box." in words(empty)
    assert "Check a proof" in words(shipped.get("/who-decides/verify/"))


def test_a_proof_of_a_refusal_proves_that(shipped):
    asked = f"/who-decides/may.json{ASKED}&holder=southampton-place-board"
    refused = shipped.get(asked).json()
    assert refused["outcome"] == "refused"
    said = checked(shipped, refused["proof"])
    assert said["accepted"] is True
    assert "may not decide" in said["because"]


def changed(given, *path, to):
    made = json.loads(json.dumps(given))
    inner = made
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = to
    return made | {"hash": digest(made)}


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("question", "amount"), -1),
        (("question", "holder"), "hampshire-and-isle-of-wight/body/southampton-place-board"),
        (("day",), "1900-01-01"),
        (("known",), "2020-01-01T00:00:00+00:00"),
        (("outcome",), "refused"),
        (("ceiling",), 1),
        (("rows",), {}),
        (("route",), {}),
        (("route", "power"), "hampshire-and-isle-of-wight/power/none"),
    ],
)
def test_a_proof_with_anything_changed_is_rejected_with_a_reason(shipped, path, to):
    said = checked(shipped, changed(proof(shipped), *path, to=to))
    assert said["accepted"] is False
    assert said["because"].endswith(".")


@pytest.mark.parametrize(
    "given",
    [
        "{}", "[]", "null", "7", "{", '{"question": 1}', "[" * 20_000, '{"a":' * 20_000,
        '{"day":"2022-05-01","known":"never","question":{"holder":"a","function":"b","area":"c"}}',
        '{"day":"9999-12-31","known":"9999-12-31T23:59:59+00:00","question":{"holder":"a/body/c","function":"b","area":"c"}}',
        "x" * 200_001,
    ],
)  # fmt: skip
def test_what_is_no_proof_is_told_apart_from_one(shipped, given):
    said = checked(shipped, given)
    assert said["accepted"] is False
    assert said["because"].endswith(".")


def test_nothing_sent_is_asked_for(shipped):
    assert shipped.get("/who-decides/verify.json").status_code == 400
