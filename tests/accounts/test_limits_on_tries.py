"""Wrong tries of one name from many addresses, and of many names from one, are stopped too."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client

from commonweal_site.accounts import people
from commonweal_site.accounts.limits import MARK
from tests.accounts.officers import PASSWORD, public
from tests.site.conftest import words


def at(number):
    return Client(REMOTE_ADDR=f"192.0.2.{number}", headers={"host": "testserver"})


def tries(client, name="ann", given="wrong"):
    return client.post("/accounts/sign-in/", {"username": name, "password": given})


@pytest.fixture
def few(settings):
    """Six wrong tries stop a name, and six an address; four one name from one address."""
    settings.TRIES_A_NAME = settings.TRIES_AN_ADDRESS = 6
    settings.AXES_FAILURE_LIMIT = 4


def wrong_from_many(name="ann"):
    return [tries(at(number), name).status_code for number in range(1, 7)]


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_a_name_tried_from_many_addresses_is_stopped_for_a_browser_nobody_knows(kent, few, name):
    people.make_user("ann", PASSWORD)
    assert wrong_from_many(name) == [200] * 6
    answer = tries(at(99), name, PASSWORD)
    assert answer.status_code == 429
    assert "Too many tries to sign in with that name failed" in words(answer)
    assert answer["Retry-After"] == "900"


def test_a_browser_from_which_the_officer_has_signed_in_is_not_shut_out(kent, few):
    people.make_user("ann", PASSWORD)
    own = at(50)
    assert tries(own, "ann", PASSWORD).status_code == 302
    wrong_from_many()
    assert tries(own, "ann", PASSWORD).status_code == 302


@pytest.mark.parametrize("mark", ["", "ann", "forged:mark"])
def test_a_mark_that_we_did_not_sign_is_worth_nothing(kent, few, mark):
    people.make_user("ann", PASSWORD)
    wrong_from_many()
    stranger = at(60)
    stranger.cookies[MARK] = mark
    assert tries(stranger, "ann", PASSWORD).status_code == 429


def test_the_mark_of_one_officer_does_not_help_with_another_name(kent, few):
    people.make_user("ann", PASSWORD)
    people.make_user("ben", PASSWORD)
    bens = at(70)
    tries(bens, "ben", PASSWORD)
    wrong_from_many()
    assert tries(bens, "ann", PASSWORD).status_code == 429


def test_one_address_cannot_stop_a_name_for_others_however_often_it_tries(kent, few):
    people.make_user("ann", PASSWORD)
    one = at(1)
    for _ in range(12):
        tries(one)
    assert tries(at(2), "ann", PASSWORD).status_code == 302


def test_an_address_that_tries_many_names_is_stopped_for_every_name(kent, few):
    people.make_user("ann", PASSWORD)
    one = at(1)
    assert [tries(one, f"name-{n}").status_code for n in range(6)] == [200] * 6
    answer = tries(one, "ann", PASSWORD)
    assert answer.status_code == 429
    assert "came from your address" in words(answer)
    assert tries(at(2), "ann", PASSWORD).status_code == 302


def test_a_stop_ends_after_a_quarter_of_an_hour_and_is_not_prolonged_by_trying(kent, few):
    people.make_user("ann", PASSWORD)
    wrong_from_many()
    for _ in range(3):
        assert tries(at(99), "ann", PASSWORD).status_code == 429
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=15, seconds=1)
        attempt.save()
    assert tries(at(99), "ann", PASSWORD).status_code == 302


def test_the_mark_goes_to_the_sign_in_page_only_and_is_out_of_reach_of_scripts(kent):
    people.make_user("ann", PASSWORD)
    mark = tries(public(), "ann", PASSWORD).cookies[MARK]
    assert (mark["path"], mark["httponly"], mark["samesite"]) == ("/accounts/sign-in/", True, "Lax")
