"""What the page of an entity says, and what it says where the record is silent."""

import pytest

from tests.site.conftest import words


def test_a_body_shows_its_source_status_and_days(kent):
    said = words(kent.get("/kent/body/icb"))
    assert "NHS Kent Board is an integrated care board (statutory)." in said
    assert "From 1 July 2022" in said
    assert "The Kent paper : paragraph 4, lines 12-14" in said


def test_a_source_leads_to_the_very_spot_on_the_documents_page(kent):
    page = kent.get("/kent/body/icb").content.decode()
    assert 'href="/kent/document/paper#at-paragraph-4-12-14"' in page
    assert 'id="at-paragraph-4-12-14"' in kent.get("/kent/document/paper").content.decode()


def test_a_barred_seat_says_why_it_may_not_vote(kent):
    said = words(kent.get("/kent/body/icb"))
    assert "Barred by law: The law does not let providers vote." in said
    assert "The chief executive" in said


def test_what_no_source_says_is_not_recorded(kent):
    said = words(kent.get("/kent/body/icb"))
    assert "To whom it answers is not recorded." in said
    assert "Not recorded Legal status, Purpose. The sources do not say." in said


def test_every_reading_of_a_dispute_stands_with_its_source(kent):
    said = words(kent.get("/kent/dispute/start"))
    assert "April The Kent paper" in said
    assert "July The Kent paper" in said
    assert "Disputed : When it began" in words(kent.get("/kent/body/icb"))


def test_the_history_says_when_we_learned_it_and_who_said_so(kent):
    said = words(kent.get("/kent/area/thanet"))
    assert "What changed, when we learned it, who said so" in said
    assert "Ann: The council renamed it" in said
    assert "Replaced on 2 November 2026" in said


def test_an_ended_body_says_when_it_was_and_what_became_of_it(kent):
    answer = kent.get("/kent/body/group")
    said = words(answer)
    assert answer.status_code == 200
    assert "It is not on record on" in said
    assert "from 1 April 2020 until 30 June 2022: see it on 30 June 2022" in said
    assert "What came after it NHS Kent Board" in said
    assert 'href="/kent/body/group?as_at=2022-06-30"' in answer.content.decode()


def test_a_body_to_come_leads_to_its_first_day(kent):
    said = words(kent.get("/kent/body/icb?as_at=2021-01-01"))
    assert "from 1 July 2022: see it on 1 July 2022" in said


def test_before_it_was_known_an_entity_is_not_on_record(kent):
    answer = kent.get("/kent/body/icb?known=2020-01-01")
    assert answer.status_code == 404


def test_an_unknown_name_is_answered_with_the_nearest(kent):
    answer = kent.get("/kent/body/kent-bord")
    assert answer.status_code == 404
    assert "Did you mean kent/body/icb?" in words(answer)


def test_an_unknown_kind_is_answered_with_the_kinds_there_are(kent):
    answer = kent.get("/kent/bodi/icb")
    assert answer.status_code == 404
    assert "Did you mean 'body'?" in words(answer)


def test_an_unknown_address_has_a_page_that_helps(kent):
    answer = kent.get("/no/such/page/at/all")
    assert answer.status_code == 404
    assert "search the record" in words(answer)


@pytest.mark.parametrize("path", ["/kent/", "/kent/area/", "/kent/document/paper", "/kinds/seat/"])
def test_lists_and_systems_answer(kent, path):
    assert kent.get(path).status_code == 200


def test_a_system_says_what_it_is_in_two_sentences(kent):
    said = words(kent.get("/kent/"))
    assert "planned and paid for by NHS Kent Board. It has about 1,600,000 people (2021)." in said


def test_a_system_says_what_nobody_has_recorded(kent):
    said = words(kent.get("/kent/"))
    assert "The order that established its board" in said
    assert "The seats of its board" not in said


def test_before_its_board_a_system_says_who_bought_care(kent):
    said = words(kent.get("/kent/?as_at=2021-05-01"))
    assert "no integrated care board is on record for it; care is bought by 1 clinical" in said


def test_a_renamed_area_is_shown_by_the_name_of_the_day(kent):
    assert "Thanet is a place." in words(kent.get("/kent/area/thanet?as_at=2023-03-31"))
    assert "East Thanet is a place." in words(kent.get("/kent/area/thanet?as_at=2023-04-01"))


def test_only_those_who_may_are_offered_to_propose_a_change(kent):
    assert "Propose a change" not in words(kent.get("/kent/body/icb"))


def test_what_stands_inside_a_value_is_named_and_linked_like_anything_else(shipped):
    asked = shipped.get("/exampleshire/delegation/exampleton-lead?as_at=2026-12-01")
    said = words(asked)
    assert "Condition: Joint sign-off; Who: Director of integrated commissioning" in said
    assert "Who: NHS Exampleshire Integrated Care Board ; Within days: 28" in said
    assert "Who: exampleshire/" not in said
    by = 'Who:</span> <a href="/exampleshire/post/integrated-commissioning?as_at=2026-12-01"'
    assert by in asked.content.decode()


def test_money_is_shown_in_pounds(shipped):
    said = words(shipped.get("/exampleshire/delegation/north-community?as_at=2026-12-01"))
    assert "Up to £1,000,000" in said
    assert "pence" not in said
