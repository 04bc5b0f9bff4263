"""Whatever is asked, the answer is a page, never a fault."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal_site.record.presenting import shown
from tests.site.conftest import ADDRESSES

PATHS = [
    "/",
    "/kent/body/icb",
    "/kinds/body/",
    "/findings/",
    "/changes/",
    "/changes.json",
    "/search/",
    "/kent/",
]
NAMES = [
    "as_at",
    "known",
    "q",
    "type",
    "page",
    "since",
    "system",
    "entity",
    "outcome",
    "as_at-year",
]
STRANGE = [
    "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2022-07-01T25:00",
    "-1", "99999999999999999999999", "\x00", "'", '"><script>', "%", "kent", "../..", "é", "١", "a" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_strange_values_are_answered(kent, name):
    for path in PATHS:
        for value in STRANGE:
            answer = kent.get(path, {name: value})
            assert answer.status_code in {200, 302, 400, 404}, (path, name, value)
            if answer["Content-Type"].startswith("text/html"):
                assert b"<script>" not in answer.content


@pytest.mark.parametrize(
    "path",
    ["/log/99999999999999999999999", "/log/0", "/rules/NO-SUCH/", "/findings/NO-SUCH/", "/kinds/nothing/",
     "/kent/nothing/", "/nowhere/body/", "/kent/body/ICB", "/kent//icb", "/nowhere/changes.atom",
     "/kent/body/none.atom", "/search.atom", "/kent/body/icb.xml"],
)  # fmt: skip
def test_addresses_of_nothing_are_not_found(kent, path):
    assert kent.get(path).status_code == 404


OF_A_SYSTEM = [
    address.replace(r"(?:/|\.(?:json|csv))", "/").replace("\\", "").strip("$").partition(")*)")[2]
    for address in ADDRESSES
    if address.startswith("^(?P<system>") and address.count("(?P<") == 1
]
"""How each page of a whole system ends, from the list of addresses."""


@pytest.mark.parametrize("end", OF_A_SYSTEM)
def test_no_page_is_of_a_system_that_is_not_there(kent, end):
    assert kent.get(f"/kent{end}").status_code in {200, 404}
    assert kent.get(f"/nowhere{end}").status_code == 404


def test_a_host_that_is_not_ours_is_refused(kent):
    assert kent.get("/", headers={"host": "elsewhere.example"}).status_code == 400


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.sampled_from(PATHS),
    st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30), max_size=4),
)
def test_no_question_at_all_is_a_fault(kent, path, asked):
    assert kent.get(path, asked).status_code in {200, 302, 400, 404}


def test_presenting_what_is_not_there_says_so(kent):
    from commonweal.record.errors import UnknownEntity

    with pytest.raises(UnknownEntity, match="Did you mean"):
        shown(kent.book.snapshot(__import__("datetime").date(2022, 7, 2)), "kent/body/icp")
