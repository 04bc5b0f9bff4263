"""Every page for changing the record, and who gets in: the public are asked to sign in, others are told."""

import pytest
from django.test import Client

from commonweal_site.accounts.models import Grant
from commonweal_site.editing.urls import urlpatterns
from tests.accounts.officers import officer, public
from tests.site.conftest import words

PLACE = "/edit/kent/area/thanet"
EDITORS = {"editor", "keeper", "national"}
ROOMS = {
    # name of the page: an address of it, and who gets in
    "edit": ("/edit/", {"nobody", "reader", "elsewhere", *EDITORS}),
    "edit-mine": ("/edit/changes/", {"nobody", "reader", "elsewhere", *EDITORS}),
    "edit-done": ("/edit/done/1/", set()),  # only for who wrote it
    "edit-choose": ("/edit/add/?kind=area&system=kent", EDITORS),
    "edit-add": ("/edit/add/area/?system=kent", EDITORS),
    "edit-entity": (f"{PLACE}/", EDITORS),
    "edit-redact": (f"{PLACE}/redact/", {"keeper"}),
    "edit-verb": (f"{PLACE}/amend/", EDITORS),
    "edit-undo": (f"{PLACE}/put-back/15/", EDITORS),
}
ROLES = {
    "nobody": [],
    "reader": [("kent", "reader")],
    "editor": [("kent", "editor")],
    "keeper": [("kent", "keeper")],
    "national": [("every", "editor")],
    "elsewhere": [],
}


def somebody(role):
    client = officer(f"{role}-one", *ROLES[role])
    if role == "elsewhere":
        from django.contrib.auth.models import User

        Grant.objects.create(user=User.objects.get(), system="surrey", role="keeper")
    return client


def test_every_page_stands_in_the_table():
    assert {pattern.name for pattern in urlpatterns} == set(ROOMS)


def test_every_page_is_behind_the_gate():
    assert all(callable(pattern.callback.may) for pattern in urlpatterns)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_into_its_pages_and_no_others(kent, role):
    client = somebody(role)
    for name, (path, allowed) in ROOMS.items():
        answer = client.get(path)
        if role in allowed:
            assert answer.status_code in {200, 302}, (name, answer.status_code)
        else:
            assert answer.status_code == (404 if name == "edit-done" else 403), name


@pytest.mark.parametrize("name", ROOMS)
def test_the_public_are_asked_to_sign_in_and_sent_back_after(kent, name):
    path = ROOMS[name][0]
    answer = public().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/?next=%2Fedit%2F")
    posted = public().post(path, {"step": "write"})
    assert posted.status_code == 403
    assert "nothing was written" in words(posted)


@pytest.mark.parametrize("role", ["nobody", "reader", "elsewhere"])
@pytest.mark.parametrize("step", ["write", "preview", "form", "find:fact.name"])
def test_nobody_without_the_role_gets_anywhere_by_sending_a_form(kent, role, step):
    client, before = somebody(role), kent.head.number
    for path in ("/edit/add/area/", f"{PLACE}/amend/", f"{PLACE}/withdraw/", f"{PLACE}/redact/"):
        answer = client.post(path, {"system": "kent", "step": step, "fact.name": "Blean"})
        assert answer.status_code == 403
    assert kent.head.number == before


def test_a_refusal_says_what_one_may_do_instead(kent):
    client = officer("ed", ("kent", "editor"))
    said = words(client.get("/edit/surrey/area/system/"))
    assert "You have no role that lets you change the record of surrey." in said
    assert "You may change: kent." in said
    assert "Only a keeper of kent may strike out values." in words(client.get(f"{PLACE}/redact/"))


def test_a_refusal_is_the_same_whether_or_not_the_entity_exists(kent):
    client = officer("reader-one", ("kent", "reader"))
    there, not_there = (client.get(f"/edit/kent/body/{each}/") for each in ("icb", "nobody"))
    assert words(there) == words(not_there)


def test_an_editor_cannot_tell_an_exempt_entity_from_none(kent):
    client = officer("ed", ("kent", "editor"))
    for path in ("", "amend/", "correct/", "withdraw/", "put-back/13/"):
        secret = client.get(f"/edit/kent/body/secret/{path}")
        none = client.get(f"/edit/kent/body/sacred/{path}")
        assert (secret.status_code, none.status_code) == (404, 404)
        assert words(secret).replace("secret", "X") == words(none).replace("sacred", "X")


def test_an_editor_who_reads_exempt_facts_changes_them_too(kent):
    client = officer("ed", ("kent", "editor"), ("kent", "reader"))
    answer = client.get("/edit/kent/body/secret/correct/")
    assert "Hushwater" in answer.content.decode()
    assert "Not for publication because" in words(answer)


def test_only_a_reader_of_exempt_facts_is_asked_whether_a_fact_is_exempt(kent):
    client = officer("ed", ("kent", "editor"))
    assert "Not for publication because" not in words(client.get("/edit/add/area/?system=kent"))


@pytest.mark.parametrize("path", ["/edit/add/area/", f"{PLACE}/amend/", f"{PLACE}/withdraw/"])
def test_every_change_refuses_a_post_without_its_token(kent, path):
    client = Client(enforce_csrf_checks=True, headers={"host": "testserver"})
    client.cookies = officer("ed", ("kent", "editor")).cookies
    before = kent.head.number
    assert client.post(path, {"system": "kent", "step": "write"}).status_code == 403
    assert kent.head.number == before
