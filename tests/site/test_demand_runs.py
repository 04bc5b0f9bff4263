"""A longer run is begun, watched, stopped and kept; what did not end whole shows nothing."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from commonweal_site.demand import reading, running, runs
from commonweal_site.demand.runs import State, Wanted, begin, carry_out, result, standing, stop
from commonweal_site.demand.scenarios import grounds
from tests.site.conftest import words

AT = "/exampleshire/demand/care-nearer-home"
RUN = f"{AT}/run/?home-as-soon-as-fit=50&draws=60"


@pytest.fixture(autouse=True)
def kept_apart(tmp_path, monkeypatch):
    """Runs in a folder of their own, each done at once."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(runs, "in_the_background", lambda work: work())
    running._BEGUN.clear()


def wanted(**more):
    given = {
        "on": grounds("exampleshire"), "scenario": reading.scenario("do-nothing"), "seed": 1,
        "draws": 40,
    }  # fmt: skip
    return Wanted(**given | more)


def under_way(it, process=None):
    """A run that somebody works on."""
    state = State(
        standing="running", done=1, of=2, begun=datetime(2026, 11, 22, tzinfo=UTC),
        process=process or runs._OURS,
    )  # fmt: skip
    it.folder.mkdir(parents=True)
    runs._write(it, state)
    return state


# --- on the page ----------------------------------------------------------------------------------


def test_a_run_is_begun_from_its_page_and_its_address_then_shows_it(shipped):
    assert "60 futures will be drawn, from seed 1." in words(shipped.get(RUN))
    assert shipped.post(RUN, {"do": "begin"})["Location"] == RUN
    said = words(shipped.get(RUN))
    assert (
        "futures the 1,250 hospital beds for emergency care planned for 2034 are not enough."
        in said
    )
    assert "This is a run of 60 futures from seed 1, kept under " in said
    assert "Home as soon as fit: 50% less" in said


def test_opening_the_page_begins_nothing(shipped):
    shipped.get(RUN)
    assert shipped.get(RUN.replace("/run/", "/run.json")).json()["standing"] == "not begun"


def test_the_run_as_data_says_how_it_stands_and_then_what_it_came_to(shipped):
    data = RUN.replace("/run/", "/run.json")
    assert shipped.get(data).json()["result"] is None
    shipped.post(RUN)
    told = shipped.get(data).json()
    assert (told["standing"], told["areas_done"], told["areas"]) == ("done", 2, 2)
    assert told["result"]["made_with"]["draws"] == 60


def test_a_run_under_way_says_how_far_it_is_and_can_be_stopped(shipped):
    it = wanted()
    under_way(it)
    at = "/exampleshire/demand/do-nothing/run/?draws=40"
    answer = shipped.get(at)
    assert "1 of 2 areas are done." in words(answer)
    assert answer["Refresh"] == "3"
    assert "Refresh" not in shipped.get(f"{at}&still=1")
    shipped.post(at, {"do": "stop"})
    assert (it.folder / "stop").exists()


def test_what_was_stopped_or_failed_says_so_and_shows_no_figures(shipped):
    it, at = wanted(), "/exampleshire/demand/do-nothing/run/?draws=40"
    state = under_way(it)
    (it.folder / "stop").touch()
    carry_out(it, state)
    said = words(shipped.get(at))
    assert "The run was stopped. Nothing of it is shown." in said
    assert "not enough" not in said
    assert shipped.post(at, {"do": "begin"}).status_code == 302
    assert standing(it).standing == "done"


def test_the_public_may_draw_so_many_and_are_told_how_to_have_more(shipped):
    answer = shipped.get(f"{AT}/run/?draws=1001")
    assert answer.status_code == 400
    assert "Give a whole number up to 1,000. Those who have signed in may draw more." in words(
        answer
    )


@pytest.mark.parametrize(
    "query", ["draws=0", "draws=-1", "draws=many", "seed=x", "seed=-3", "year=1"]
)
def test_a_run_that_cannot_be_is_refused_in_a_sentence(shipped, query):
    assert shipped.get(f"{AT}/run/?{query}").status_code == 400
    assert shipped.get(f"{AT}/run.json?{query}").json()["fault"]


def test_only_so_many_runs_are_under_way_at_a_time(shipped):
    for seed in range(running.AT_ONCE):
        under_way(wanted(seed=seed + 10))
    answer = shipped.post(RUN)
    assert answer.status_code == 429
    assert "Try again in a minute." in words(answer)


def test_one_address_begins_only_so_many_within_an_hour(shipped, monkeypatch):
    monkeypatch.setattr(running, "AN_HOUR", 1)
    assert shipped.post(RUN).status_code == 302
    answer = shipped.post(f"{RUN}&seed=2")
    assert answer.status_code == 429
    assert "1 runs were begun from your address within an hour." in words(answer)


def test_a_run_of_what_is_not_there_is_not_found(shipped):
    assert shipped.get("/exampleshire/demand/nothing/run/").status_code == 404
    assert shipped.post("/kent/demand/nothing/run/").status_code == 404


# --- kept -----------------------------------------------------------------------------------------


def test_what_is_kept_is_what_was_drawn_to_the_last_future():
    from commonweal.demand.futures import Run, project

    it = wanted()
    begin(it)
    run = Run(seed=1, draws=40, code=runs.CODE)
    made = project(it.on.held.inputs, it.scenario, run, groups=it.on.groups, kept=it.on.names)
    kept = result(it)
    assert kept.provenance == made.provenance
    for name in it.on.names:
        assert (kept[name].expected == made[name].expected).all()
        assert (kept[name].centiles == made[name].centiles).all()
    assert (kept["Exampleshire"].counts == made["Exampleshire"].counts).all()


def test_anything_that_changes_a_figure_changes_the_key():
    keys = {
        wanted().key, wanted(seed=2).key, wanted(draws=41).key,
        wanted(scenario=reading.scenario("care-nearer-home")).key,
    }  # fmt: skip
    assert len(keys) == 4
    assert wanted().key == wanted().key


def test_a_run_whose_server_is_gone_has_failed():
    it = wanted()
    host, number, _ = runs._OURS.split(":")
    under_way(it, f"{host}:{number}:earlier")
    now = standing(it)
    assert now.standing == "failed"
    assert "stopped before it was done" in now.why
    assert result(it) is None


def test_without_room_a_run_fails_and_keeps_nothing(monkeypatch):
    def full(*_, **__):
        raise OSError("No space left on device")

    monkeypatch.setattr(runs, "_keep", full)
    it = wanted()
    begin(it)
    assert standing(it).standing == "failed"
    assert "ask for fewer futures" in standing(it).why
    assert result(it) is None


def test_stopping_what_does_not_run_does_nothing():
    it = wanted()
    stop(it)
    assert standing(it) is None
    begin(it)
    stop(it)
    assert standing(it).standing == "done"


def test_the_oldest_runs_go_first(monkeypatch):
    monkeypatch.setattr(runs, "MOST_KEPT", 2)
    for seed in (1, 2, 3, 4):
        begin(wanted(seed=seed))
    assert len(list(wanted().folder.parent.iterdir())) <= 3
    assert standing(wanted(seed=4)).standing == "done"
