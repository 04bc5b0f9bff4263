"""The questions in the shapes of AuthZEN 1.0, on the shipped packs and on a small record."""

import json
from datetime import date

import jsonschema
import pytest

from commonweal.authority.proof import check_proof
from commonweal.authority.search import Question
from commonweal_site.authority.asking import PUBLIC_ONLY
from commonweal_site.authority.authzen import MOST_BYTES, MOST_EVALUATIONS
from commonweal_site.openapi import document
from commonweal_site.record import shelf

HIOW = "hampshire-and-isle-of-wight"
REABLEMENT, SOUTHAMPTON = f"{HIOW}/function/reablement", f"{HIOW}/area/southampton"
GROUP = f"{HIOW}/body/ccg-d9y0v"
COUNCIL = f"{HIOW}/body/southampton-city-council"
BOARD = f"{HIOW}/body/southampton-joint-commissioning-board"
MAY = {"as_at": "2022-05-01"}


def puts(client, path, data, **headers):
    body = data if isinstance(data, str | bytes) else json.dumps(data)
    return client.post(
        f"/access/v1/{path}", data=body, content_type="application/json", headers=headers
    )


def question(subject=COUNCIL, function=REABLEMENT, context=None, **about):
    kind = subject.split("/")[1]
    return {
        "subject": {"type": kind, "id": subject},
        "action": {"name": "decide"},
        "resource": {
            "type": "function", "id": function,
            "properties": {"area": SOUTHAMPTON, "amount_pence": 400_000_00, **about},
        },
        "context": MAY if context is None else context,
    }  # fmt: skip


def search(kind="body", page=None, **changes):
    asked = {**question(), "subject": {"type": kind}, **changes}
    return asked | ({"page": page} if page else {})


# --- one question --------------------------------------------------------------------------------


def test_who_may_decide_gets_true_with_a_proof_that_holds(shipped):
    said = puts(shipped, "evaluation", question()).json()
    assert said["decision"] is True
    context = said["context"]
    assert context["outcome"] == "allowed"
    asked = Question(function=REABLEMENT, area=SOUTHAMPTON, amount=400_000_00)
    check_proof(shelf.SHELF.snapshot(date(2022, 5, 1)), context["proof"], COUNCIL, asked)


@pytest.mark.parametrize(
    ("subject", "outcome"),
    [(BOARD, "cannot tell"), (f"{HIOW}/body/southampton-place-board", "refused")],
)
def test_what_is_refused_and_what_cannot_be_told_are_both_false_and_the_context_says_which(
    shipped, subject, outcome
):
    said = puts(shipped, "evaluation", question(subject)).json()
    assert said["decision"] is False
    assert said["context"]["outcome"] == outcome
    assert said["context"]["because"]
    assert said["context"]["answered_from"] == PUBLIC_ONLY


def test_the_day_in_the_context_turns_the_answer(shipped):
    before = puts(shipped, "evaluation", question(GROUP, context={"as_at": "2022-06-30"})).json()
    after = puts(shipped, "evaluation", question(GROUP, context={"as_at": "2022-07-01"})).json()
    assert (before["decision"], after["decision"]) == (True, False)


def test_a_time_stands_for_its_day_in_england(shipped):
    # half past eleven at night in summer time is the next day there
    late = {"time": "2022-06-30T23:30:00Z"}
    assert puts(shipped, "evaluation", question(GROUP, context=late)).json()["decision"] is False
    early = {"time": "2022-06-30T22:30:00Z"}
    assert puts(shipped, "evaluation", question(GROUP, context=early)).json()["decision"] is True


def test_what_was_known_before_the_record_began_is_nothing(shipped):
    said = puts(
        shipped, "evaluation", question(context={"as_at": "2022-05-01", "known": "2019-01-01"})
    ).json()
    assert said["decision"] is False
    assert said["context"]["error"]["status"] == 404


def test_a_name_that_is_not_on_record_is_false_with_the_nearest_names(shipped):
    said = puts(shipped, "evaluation", question(f"{HIOW}/body/southampton-city-counsel")).json()
    assert said["decision"] is False
    assert said["context"]["error"]["status"] == 404
    assert "Did you mean" in said["context"]["error"]["message"]


def test_a_penny_over_a_limit_is_refused_with_how_much_it_is_short(shipped):
    limited = {
        "subject": {"type": "post", "id": "exampleshire/post/public-health-director"},
        "action": {"name": "decide"},
        "context": {"as_at": "2024-05-01"},
    }
    about = {"area": "exampleshire/area/city", "amount_pence": 150_000_00}
    resource = {"type": "function", "id": "england/function/local-public-health"}
    at = puts(shipped, "evaluation", {**limited, "resource": {**resource, "properties": about}})
    over = {**about, "amount_pence": 150_000_01}
    beyond = puts(shipped, "evaluation", {**limited, "resource": {**resource, "properties": over}})
    assert at.json()["decision"] is True
    assert beyond.json()["decision"] is False
    failed = beyond.json()["context"]["misses"][0]["failed"]
    assert {"test": "above", "state": "fails", "short_pence": 1} in failed


# --- requests that cannot be understood ----------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"subject": {"type": "user", "id": "alice"}}, "“subject.type” must be one of: body, post"),
        ({"subject": {"type": "body"}}, "“subject” needs “id”"),
        ({"subject": [1]}, "“subject” must be an object"),
        ({"subject": {"type": [], "id": "x"}}, "“subject.type” must be one of"),
        ({"subject": {"type": "body", "id": "x", "properties": {"department": "Sales"}}},
         "has no properties here"),
        ({"action": {"name": "can_read"}}, "must be “decide”"),
        ({"action": {}}, "“action” needs “name”"),
        ({"resource": {"type": "document", "id": "1"}}, "“resource.type” must be “function”"),
        ({"resource": {"type": "function", "id": "x"}}, "needs “area”"),
        ({"context": {"as_at": "2022-02-30"}}, "is not a day"),
        ({"context": {"known": "soon"}}, "is not a day or an instant"),
        ({"context": {"time": "2022-05-01T10:00:00"}}, "with its zone"),
        ({"context": {"as_at": "2022-05-02", "time": "2022-05-01T10:00:00Z"}}, "send one"),
        ({"context": {"today": "2022-05-01"}}, "“context” has no “today”"),
        ({"evaluation": 1}, "has no “evaluation”"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_understood_is_a_bad_request_in_one_sentence(
    shipped, changed, says
):
    answer = puts(shipped, "evaluation", {**question(), **changed})
    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"amount": 4000}, "“resource.properties” has no “amount”. Known: amount_pence"),
        ({"amount_pence": 1.5}, "must be whole pence"),
        ({"amount_pence": -1}, "must be whole pence"),
        ({"amount_pence": True}, "must be whole pence"),
        ({"amount_pence": 10**30}, "must be whole pence"),
        ({"money": "grant"}, "“money” must be"),
        ({"money": ["revenue"]}, "“money” must be"),
        ({"urgent": "yes"}, "“urgent” must be"),
        ({"area": 7}, "needs “area”"),
    ],
)
def test_a_property_that_cannot_be_understood_is_never_passed_over(shipped, about, says):
    answer = puts(shipped, "evaluation", question(**about))
    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[]", 400), ("null", 400), ("{", 400), (b"\xff\xfe", 400), ("{}", 400),
        ("[" * 50_000, 400), ('{"a":' * 9_000 + "1", 400), ('{"x":"' + "y" * MOST_BYTES + '"}', 413),
    ],
)  # fmt: skip
def test_what_is_no_json_or_too_much_of_it_is_refused(shipped, body, status):
    answer = puts(shipped, "evaluation", body)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.content.decode().endswith(".")


def test_only_json_by_post_is_read(shipped):
    asked = shipped.get("/access/v1/evaluation")
    assert asked.status_code == 405
    assert asked.headers["Allow"] == "POST, OPTIONS"
    formed = shipped.post("/access/v1/evaluation", data={"subject": "x"})
    assert formed.status_code == 415


def test_the_callers_mark_comes_back_and_a_dangerous_one_does_not(shipped):
    marked = puts(shipped, "evaluation", question(), **{"X-Request-ID": "bfe9eb29-ab87"})
    assert marked.headers["X-Request-ID"] == "bfe9eb29-ab87"
    wrong = puts(shipped, "evaluation", "{", **{"X-Request-ID": "bfe9eb29-ab87"})
    assert wrong.headers["X-Request-ID"] == "bfe9eb29-ab87"
    long = puts(shipped, "evaluation", question(), **{"X-Request-ID": "x" * 300})
    assert "X-Request-ID" not in long.headers


# --- many questions ------------------------------------------------------------------------------

SHARED = {name: question()[name] for name in ("action", "resource", "context")}
THREE = [
    {"subject": {"type": "body", "id": GROUP}},
    {"subject": {"type": "body", "id": BOARD}},
    {"subject": {"type": "body", "id": COUNCIL}},
]


def decisions(answer):
    return [each["decision"] for each in answer.json()["evaluations"]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [True, False, True]),
        ({"evaluations_semantic": "execute_all"}, [True, False, True]),
        ({"evaluations_semantic": "deny_on_first_deny"}, [True, False]),
        ({"evaluations_semantic": "permit_on_first_permit"}, [True]),
    ],
)
def test_many_questions_are_answered_in_their_order_as_far_as_was_asked(shipped, options, expected):
    answer = puts(shipped, "evaluations", {**SHARED, "evaluations": THREE, "options": options})
    assert decisions(answer) == expected


def test_a_question_of_many_that_is_wrong_is_false_and_does_not_spoil_the_others(shipped):
    wrong = [{}, {"subject": {"type": "user", "id": "x"}}, 7, THREE[0]]
    answer = puts(shipped, "evaluations", {**SHARED, "evaluations": wrong})
    assert decisions(answer) == [False, False, False, True]
    assert [each["context"]["error"]["status"] for each in answer.json()["evaluations"][:3]] == [
        400,
        400,
        400,
    ]


def test_what_a_question_says_itself_comes_before_what_all_share(shipped):
    later = {**THREE[0], "context": {"as_at": "2022-07-01"}}
    answer = puts(shipped, "evaluations", {**SHARED, "evaluations": [THREE[0], later]})
    assert decisions(answer) == [True, False]


def test_without_a_list_it_is_one_question(shipped):
    assert puts(shipped, "evaluations", question()).json()["decision"] is True
    assert (
        puts(shipped, "evaluations", {**question(), "evaluations": []}).json()["decision"] is True
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"options": {"evaluations_semantic": "any"}}, "must be one of: execute_all"),
        ({"options": {"evaluations_semantic": []}}, "must be one of: execute_all"),
        ({"options": {"faster": True}}, "has no “faster”"),
        ({"options": 1}, "must be an object"),
        ({"evaluations": {}}, "must be a list"),
        ({"evaluations": [{}] * (MOST_EVALUATIONS + 1)}, f"at most {MOST_EVALUATIONS}"),
    ],
)
def test_a_list_that_cannot_be_understood_is_refused_whole(shipped, changed, says):
    answer = puts(shipped, "evaluations", {**SHARED, "evaluations": THREE, **changed})
    assert answer.status_code == 400
    assert says in answer.content.decode()


# --- searches ------------------------------------------------------------------------------------


def test_every_body_that_a_search_finds_may_decide_and_no_other_may(shipped):
    said = puts(shipped, "search/subject", search()).json()
    found = [each["id"] for each in said["results"]]
    assert found == [GROUP, COUNCIL]
    assert said["page"] == {"next_token": "", "count": 2, "total": 2}
    assert [each["id"] for each in said["context"]["cannot_tell"]] == [BOARD]
    assert said["context"]["answered_from"] == PUBLIC_ONLY
    every = shelf.SHELF.snapshot(date(2022, 5, 1)).of_kind("body")
    near = [each for each in every if each.startswith(HIOW)]
    asked = [{"subject": {"type": "body", "id": each}} for each in near]
    may = []
    for start in range(0, len(asked), MOST_EVALUATIONS):
        some = asked[start : start + MOST_EVALUATIONS]
        may += decisions(puts(shipped, "evaluations", {**SHARED, "evaluations": some}))
    assert [each for each, yes in zip(near, may, strict=True) if yes] == sorted(found)


def functions(client, subject, page=None, context=None):
    asked = {
        **question(subject, context=context),
        "resource": {"type": "function", "properties": {"area": SOUTHAMPTON}},
    }
    return puts(client, "search/resource", asked | ({"page": page} if page else {}))


def test_every_function_that_a_search_finds_may_be_decided(shipped):
    said = functions(shipped, COUNCIL).json()
    assert said["page"]["total"] == len(said["results"]) > 1
    for each in said["results"]:
        asked = question(COUNCIL, each["id"], amount_pence=None)
        assert puts(shipped, "evaluation", asked).json()["decision"] is True


def test_pages_of_any_size_make_the_same_whole(shipped):
    whole = functions(shipped, COUNCIL).json()["results"]
    for limit in (1, 2, len(whole) - 1, len(whole), len(whole) + 1):
        found, token = [], ""
        while True:
            said = functions(shipped, COUNCIL, {"limit": limit, "token": token}).json()
            assert said["page"]["count"] == len(said["results"]) <= limit
            assert said["page"]["total"] == len(whole)
            found += said["results"]
            if not (token := said["page"]["next_token"]):
                break
        assert found == whole


def test_a_limit_of_nothing_counts_and_shows_nothing(shipped):
    said = functions(shipped, COUNCIL, {"limit": 0}).json()
    assert said["results"] == []
    assert said["page"]["total"] > 0
    assert said["page"]["next_token"]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ({"token": "made-up"}, "is none that a page of ours gave"),
        ({"token": 7}, "must be the text"),
        ({"limit": -1}, "not below nothing"),
        ({"limit": "ten"}, "must be a whole number"),
        ({"size": 10}, "has no “size”"),
        ([], "must be an object"),
    ],
)
def test_a_page_that_cannot_be_given_is_refused(shipped, page, says):
    asked = {**search(), "page": page}
    answer = puts(shipped, "search/subject", asked)
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_a_token_of_another_search_is_refused(shipped):
    token = functions(shipped, COUNCIL, {"limit": 1}).json()["page"]["next_token"]
    answer = functions(shipped, GROUP, {"limit": 1, "token": token})
    assert answer.status_code == 400
    assert "belongs to another search" in answer.content.decode()


@pytest.mark.parametrize(("subject", "names"), [(COUNCIL, ["decide"]), (BOARD, [])])
def test_the_one_action_is_found_where_it_is_allowed(shipped, subject, names):
    asked = {name: question(subject)[name] for name in ("subject", "resource", "context")}
    said = puts(shipped, "search/action", asked).json()
    assert [each["name"] for each in said["results"]] == names
    assert said["page"]["total"] == len(names)


def test_a_search_about_what_is_not_on_record_says_so_instead_of_finding_nothing(shipped):
    answer = functions(shipped, f"{HIOW}/body/nobody-at-all")
    assert answer.status_code == 400
    assert "is not on record" in answer.content.decode()


def test_a_seat_may_where_its_body_may_and_it_has_a_vote(shipped):
    seat = next(
        name for name, each in shelf.SHELF.snapshot(date(2024, 5, 1)).of_kind("seat").items()
        if each.body == "exampleshire/body/icb" and each.voting == "voting"
    )  # fmt: skip
    asked = {
        "subject": {"type": "seat", "id": seat}, "action": {"name": "decide"},
        "resource": {"type": "function", "properties": {"area": "exampleshire/area/system"}},
        "context": {"as_at": "2024-05-01"},
    }  # fmt: skip
    found = puts(shipped, "search/resource", asked).json()["results"]
    assert found
    body = {**asked, "subject": {"type": "body", "id": "exampleshire/body/icb"}}
    assert found == puts(shipped, "search/resource", body).json()["results"]


# --- where it is asked ---------------------------------------------------------------------------


def test_the_configuration_names_every_address_and_each_answers(shipped):
    said = shipped.get("/.well-known/authzen-configuration").json()
    assert said.pop("policy_decision_point") == "http://testserver"
    assert len(said) == 5
    for address in said.values():
        path = address.removeprefix("http://testserver")
        answer = shipped.post(path, data="{}", content_type="application/json")
        assert answer.status_code == 400


# --- as described --------------------------------------------------------------------------------

DESCRIBED = [
    ("/who-decides.json?function=reablement&area=southampton&amount=400000", None, "WhoMay"),
    ("/who-decides/may.json?function=reablement&area=southampton&holder=southampton-place-board",
     None, "AuthorityAnswer"),
    ("/who-decides/over-time.json?function=reablement&area=southampton", None, "Turns"),
    (f"/{COUNCIL}/powers.json?", None, "Powers"),
    ("/access/v1/evaluation", question(), "AccessDecision"),
    ("/access/v1/evaluation", question(BOARD), "AccessDecision"),
    ("/access/v1/evaluations", {**SHARED, "evaluations": THREE}, "AccessDecisions"),
    ("/access/v1/search/subject", search(page={"limit": 1}), "AccessFound"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "sent", "schema"), DESCRIBED)
def test_what_is_answered_is_what_the_openapi_document_describes(shipped, path, sent, schema):
    components = document()["components"]

    def fits(name, data):
        wanted = {"$ref": f"#/components/schemas/{name}", "components": components}
        jsonschema.Draft202012Validator(wanted).validate(data)

    if sent is None:
        answer = shipped.get(f"{path}&as_at=2022-05-01")
    else:
        answer = puts(shipped, path.removeprefix("/access/v1/"), sent)
        named = {"AccessDecision": "AccessQuestion", "AccessDecisions": "AccessQuestions"}
        fits(named.get(schema, "AccessSearch"), sent)
    assert answer.status_code == 200
    fits(schema, answer.json())
