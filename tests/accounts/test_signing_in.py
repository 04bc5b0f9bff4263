"""Signing in and out: tries are limited, sessions end, nobody is sent astray, and nothing typed is lost."""

import json
import re
import time
from html import unescape

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from commonweal_site.accounts import people, viewing
from tests.accounts.officers import PASSWORD, officer, public, signed_in
from tests.site.conftest import words

NOT_RIGHT = "The name or the password is not right."


def tries(client, name="ann", given="wrong", **more):
    return client.post("/accounts/sign-in/", {"username": name, "password": given, **more})


def test_an_officer_signs_in_and_is_greeted_by_name(kent):
    ann = officer("ann", ("kent", "editor"))
    assert "Signed in as ann" in words(ann.get("/accounts/"))
    assert "Kent Editor: may add" in words(ann.get("/accounts/"))


def test_a_name_is_read_without_regard_to_capitals_and_blanks(kent):
    people.make_user("ann", PASSWORD)
    assert tries(public(), " Ann ", PASSWORD).status_code == 302


@pytest.mark.parametrize("name", ["ann", "nobody", "ann\x00", "x" * 500])
def test_a_wrong_password_and_an_unknown_name_get_the_same_words(kent, name):
    people.make_user("ann", PASSWORD)
    answer = tries(public(), name)
    assert answer.status_code == 200
    assert NOT_RIGHT in words(answer)
    assert "Error: Sign in" in answer.content.decode() or "There is a problem" in words(answer)


def test_an_account_that_is_closed_cannot_be_told_from_a_wrong_password(kent):
    people.make_user("ann", PASSWORD)
    people.close("ann")
    assert NOT_RIGHT in words(tries(public(), "ann", PASSWORD))


def test_an_empty_form_says_what_is_missing(kent):
    said = words(tries(public(), "", ""))
    assert "Enter your name." in said
    assert "Enter your password." in said


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_the_fifth_wrong_try_stops_the_name_and_the_sixth_is_refused_though_it_is_right(kent, name):
    people.make_user("ann", PASSWORD)
    client = public()
    assert [tries(client, name).status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    answer = tries(client, name, PASSWORD)
    assert answer.status_code == 429
    assert "it is stopped for 15 minutes" in words(answer)
    assert answer["Retry-After"] == "900"


def test_four_wrong_tries_do_not_stop_the_fifth_that_is_right_and_it_wipes_them_out(kent):
    people.make_user("ann", PASSWORD)
    for _ in range(2):
        assert [tries(public(), "ann").status_code for _ in range(4)] == [200] * 4
        assert tries(public(), "ann", PASSWORD).status_code == 302


def test_a_name_is_stopped_only_from_the_address_of_the_tries(kent):
    people.make_user("ann", PASSWORD)
    for _ in range(5):
        tries(public(), "ann")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7", headers={"host": "testserver"})
    assert tries(elsewhere, "ann", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.4, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.4, 203.0.113.9", "198.51.100.4"),
        (2, "203.0.113.9", "192.0.2.1"),
    ],
)
def test_only_trusted_proxies_are_believed_about_an_address(settings, proxies, passed, address):
    settings.PROXIES = proxies
    asked = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": passed})
    assert viewing.address(asked) == address


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("/edit/changes/", "/edit/changes/"),
        ("/dorset/?as_at=2022-07-01", "/dorset/?as_at=2022-07-01"),
        ("https://evil.example/", "/accounts/"),
        ("//evil.example/", "/accounts/"),
        ("/\\evil.example/", "/accounts/"),
        ("javascript:alert(1)", "/accounts/"),
        ("", "/accounts/"),
    ],
)
def test_signing_in_leads_only_to_pages_of_this_site(kent, asked, sent):
    people.make_user("ann", PASSWORD)
    assert tries(public(), "ann", PASSWORD, next=asked)["Location"] == sent


def test_signing_out_ends_the_session_and_only_a_post_does_it(kent):
    ann = officer("ann")
    assert ann.get("/accounts/sign-out/").status_code == 405
    assert ann.post("/accounts/sign-out/")["Location"] == "/"
    assert Session.objects.count() == 0
    assert ann.get("/accounts/").status_code == 302


def test_a_session_goes_with_the_browser_and_its_cookie_is_out_of_reach_of_scripts(kent):
    cookie = officer("ann").cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(("later", "in_"), [(12 * 3600, True), (12 * 3600 + 1, False)])
def test_a_session_lasts_twelve_hours_at_most(kent, monkeypatch, later, in_):
    now = int(time.time())
    monkeypatch.setattr(viewing.time, "time", lambda: now)
    ann = officer("ann")
    monkeypatch.setattr(viewing.time, "time", lambda: now + later)
    assert (ann.get("/accounts/").status_code == 200) is in_


def test_a_session_that_is_used_is_prolonged_and_one_left_alone_for_two_hours_ends(kent):
    before = time.time()
    ann = officer("ann")
    session = Session.objects.get()
    assert before <= session.expire_date.timestamp() - 2 * 3600 <= time.time()
    session.expire_date = session.expire_date.fromtimestamp(
        time.time() - 1, session.expire_date.tzinfo
    )
    session.save()
    assert ann.get("/accounts/").status_code == 302


def test_a_role_that_is_revoked_ends_at_once(kent):
    ann = officer("ann", ("kent", "editor"))
    assert ann.get("/edit/kent/area/thanet/").status_code == 200
    people.revoke("ann", "kent", "editor")
    assert ann.get("/edit/kent/area/thanet/").status_code == 403


def test_pages_for_somebody_signed_in_are_never_kept(kent):
    ann, anybody = officer("ann", ("kent", "reader")), public()
    assert anybody.get("/kent/body/secret").status_code == 404
    answer = ann.get("/kent/body/secret")
    assert "Hushwater" in words(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert anybody.get("/kent/body/secret").status_code == 404


def test_a_password_can_be_changed_and_other_sessions_end(kent):
    here, there = officer("ann"), signed_in("ann")
    new = "a heron on three lorries"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    wrong = here.post("/accounts/password/", {**form, "old_password": "no"})
    assert "There is a problem" in words(wrong)
    assert here.post("/accounts/password/", form).status_code == 302
    assert here.get("/accounts/").status_code == 200
    assert there.get("/accounts/").status_code == 302
    assert tries(public(), "ann", new).status_code == 302


def hidden(answer):
    """The hidden fields of a page."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()
    )
    return [(name, unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]


def test_what_was_typed_when_a_session_ended_comes_back_after_signing_in(kent):
    ann = officer("ann", ("kent", "editor"))
    Session.objects.all().delete()
    typed = {
        "system": "kent",
        "fact.name": "Blean “& Woods”",
        "reason": "It was left out.",
        "step": "write",
    }
    asked = ann.post("/edit/add/area/", typed)
    assert asked.status_code == 403
    assert "you get back everything you typed" in words(asked)
    carried = dict(hidden(asked))
    assert ["fact.name", "Blean “& Woods”"] in json.loads(carried["kept"])
    back = ann.post("/accounts/sign-in/", {"username": "ann", "password": PASSWORD, **carried})
    assert "nothing you typed is lost" in words(back)
    again = hidden(back)
    assert ("fact.name", "Blean “& Woods”") in again
    assert ("step", "form") in again
    form = ann.post("/edit/add/area/", dict(again))
    assert 'value="Blean “&amp; Woods”"' in form.content.decode()


def test_a_form_of_an_earlier_session_is_handed_back_unwritten(kent):
    officer("ann", ("kent", "editor"))
    ann = Client(enforce_csrf_checks=True, headers={"host": "testserver"})
    ann.cookies = signed_in("ann").cookies
    answer = ann.post("/edit/add/area/", {"system": "kent", "fact.name": "Blean", "step": "write"})
    assert answer.status_code == 403
    assert ("fact.name", "Blean") in hidden(answer)
    assert ("step", "form") in hidden(answer)


def test_every_form_of_accounts_refuses_a_post_without_its_token(kent):
    client = Client(enforce_csrf_checks=True, headers={"host": "testserver"})
    for path in ("/accounts/sign-in/", "/accounts/sign-out/", "/accounts/password/"):
        assert client.post(path, {"username": "ann", "password": PASSWORD}).status_code == 403
