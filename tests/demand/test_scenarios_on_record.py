"""A scenario on record is the scenario that is run, and what came of it can be had again."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from commonweal.demand import facts
from commonweal.demand.care_models import care_models
from commonweal.demand.changing import assumed, changed
from commonweal.demand.errors import CannotProject, Stopped
from commonweal.demand.futures import Run, assumptions, expect, project
from commonweal.demand.ranges import Range
from commonweal.demand.recorded import Given, scenario, scenarios
from commonweal.demand.recording import as_facts, result
from commonweal.record.documents import Document
from commonweal_site.demand import reading
from commonweal_site.record.presenting import shown
from tests.demand.invented import growth, inputs, mitigation
from tests.demand.invented import scenario as invented
from tests.making import PAPER, a, outcomes, record_of, shipped

TODAY = date(2026, 11, 22)
NAME = "kent/scenario/as-now"
OURS = "exampleshire/scenario/care-nearer-home"


@pytest.fixture(scope="module")
def packs():
    return shipped("exampleshire", "hampshire-and-isle-of-wight")(TODAY)


def on_record(made, **more):
    """The snapshot of a record that holds one scenario."""
    paper = a("test/document/paper", Document(title="Invented, page", issuer="Nobody"))
    held = as_facts(made, NAME, about="kent/area/system", sources=PAPER, **more)
    return record_of(paper, *(a(name, fact) for name, fact in held.items()))(TODAY)


def assumption(**more):
    given = {"name": "Fewer come", "acts": "avoidance", "activities": ("emergency-admissions",)}
    return facts.ScenarioAssumption(**given | more)


# --- one truth -----------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["do-nothing", "care-nearer-home"])
def test_what_ships_to_be_copied_is_what_is_on_record(packs, slug):
    recorded = scenario(packs, f"exampleshire/scenario/{slug}")
    assert recorded == reading.scenario(slug)
    assert assumptions(recorded) == assumptions(reading.scenario(slug))


@pytest.mark.parametrize("model", care_models(), ids=lambda model: model.name)
def test_the_care_models_of_2018_are_on_record_as_they_ship(packs, model):
    given = Given(base=2018, horizon=2023, variants={"principal": 1.0})
    (name,) = [
        name
        for name, held in scenarios(packs, "hampshire-and-isle-of-wight").items()
        if held.name == model.name
    ]
    ours, theirs = scenario(packs, name, given), model.scenario(2018, 2023, "principal")
    said = [(it.types, it.stated, it.share, it.source) for it in assumed(ours)]
    assert said == [(it.types, it.stated, it.share, it.source) for it in assumed(theirs)]
    assert (ours.demography, ours.variants) == (theirs.demography, theirs.variants)


def test_a_scenario_goes_to_the_record_and_comes_back_the_same():
    made = invented(
        growth=(
            growth(Range(1.0, 1.02)),
            msgspec.structs.replace(growth(Range(1.01, 1.03)), areas=("south",)),
        ),
        mitigations=(
            mitigation(remaining=Range(0.5, 0.9), share=0.3, from_age=65),
            mitigation(name="Same day", share=Range(0.1, 0.4, 0.0, 1.0)),
        ),
    )
    back = scenario(on_record(made), NAME)
    assert [it.areas for it in back.growth] == [(), ("south",)]
    assert [it.share for it in back.mitigations] == [0.3, Range(0.1, 0.4, 0.0, 1.0)]
    apart = {"source": "", "growth": (), "mitigations": ()}
    assert msgspec.structs.replace(back, **apart) == msgspec.structs.replace(made, **apart)
    assert expect(inputs(), back, "north").tolist() == expect(inputs(), made, "north").tolist()


def test_a_result_on_record_is_had_again_to_the_last_digit(packs):
    held = reading.held(reading.SHIPPED)
    for name, was in packs.all(facts.ScenarioResult).items():
        run = Run(seed=was.seed, draws=was.draws, code=was.code)
        made = project(held.inputs, scenario(packs, was.scenario), run, groups=held.sheet.groups)
        again = result(
            made, was.scenario, packs.fact(was.scenario), made=was.made, of=["Exampleshire"],
            years=(2031, 2036, 2041), sources=was.sources,
        )  # fmt: skip
        assert again == was, name


def test_an_assumption_that_may_not_be_seen_hides_the_whole_scenario():
    """Run without it, the scenario would quietly say something else."""
    made = invented(mitigations=(mitigation(),))
    held = as_facts(made, NAME, about="kent/area/system", sources=PAPER)
    kept_back = [
        a(name, msgspec.structs.replace(fact, exempt="Under negotiation"))
        if fact.kind == "scenario-assumption" else a(name, fact)
        for name, fact in held.items()
    ]  # fmt: skip
    seen = record_of(*kept_back)(TODAY).seen_by(lambda _: False)
    with pytest.raises(CannotProject, match="There is no scenario kent/scenario/as-now"):
        scenario(seen, NAME)


def test_an_assumption_that_is_not_on_record_that_day_stops_the_run():
    held = as_facts(
        invented(mitigations=(mitigation(),)), NAME, about="kent/area/system", sources=PAPER
    )
    day = record_of(*(
        a(name, fact, since=None if name == NAME else "2026-11-23") for name, fact in held.items()
    ))  # fmt: skip
    assert scenario(day(date(2026, 11, 23)), NAME).mitigations
    with pytest.raises(CannotProject, match="care-at-home, which is not on record on this day"):
        scenario(day(TODAY), NAME)
    assert outcomes(day(TODAY), "DEM-STATED") == {NAME: "not met"}


# --- what is not stated --------------------------------------------------------------------------


def test_what_a_source_does_not_state_is_asked_for_and_never_guessed(packs):
    name = "hampshire-and-isle-of-wight/scenario/avoidable-admissions"
    with pytest.raises(CannotProject) as refused:
        scenario(packs, name)
    assert [fault.split("states no ")[1] for fault in refused.value.faults] == [
        "base year: give a base year to run it.",
        "horizon: give a horizon to run it.",
        "population projections: give population projections to run it.",
    ]
    made = scenario(packs, name, Given(base=2018, horizon=2023, variants={"principal": 1.0}))
    assert made.mitigations[0].share is None


def test_what_is_stated_is_not_overruled_by_what_is_given(packs):
    assert scenario(packs, OURS, Given(base=2030, horizon=2031)).base == 2026


def test_an_assumption_without_a_number_stops_the_run():
    made = on_record(invented())
    held = msgspec.structs.replace(made.fact(NAME), assumptions=("kent/scenario-assumption/one",))
    day = record_of(a(NAME, held), a("kent/scenario-assumption/one", assumption()))(TODAY)
    with pytest.raises(CannotProject, match="“Fewer come” states neither a number nor a range"):
        scenario(day, NAME)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"low": Decimal("0.9")}, "A range has both ends"),
        ({"low": Decimal("0.9"), "high": Decimal("0.8")}, "put the lower end first"),
        ({"low": Decimal("0.8"), "high": Decimal("1.01")}, "It leaves 1.01 of what it acts on"),
        ({"low": Decimal(0), "central": Decimal(1), "high": Decimal("0.9")}, "lies outside"),
        ({"central": Decimal("0.9"), "share": Decimal("1.5")}, "A share is from 0 to 1"),
        ({"central": Decimal("0.9"), "activities": ()}, "It names no type of activity"),
        ({"central": Decimal("0.9"), "into": "visits"}, "A substitution, and nothing else"),
        ({"central": Decimal("0.9"), "starts": 2030, "full": 2028}, "before it starts in 2030"),
        ({"central": Decimal("0.9"), "from_age": 75, "to_age": 75}, "that is nobody"),
        ({"acts": "growth", "central": Decimal("-0.1")}, "-0.1 is below nought"),
        ({"share_low": Decimal("0.1")}, "is one number, or a range with both ends"),
        (
            {"share": Decimal("0.1"), "share_low": Decimal("0.1"), "share_high": Decimal("0.2")},
            "is one number, or a range with both ends",
        ),
        (
            {"share_low": Decimal("0.3"), "share_high": Decimal("0.2")},
            "It acts on a share of 0.3 to 0.2: put the lower end first.",
        ),
        ({"share_low": Decimal(0), "share_high": Decimal("1.1")}, "A share is from 0 to 1"),
        (
            {"views": (facts.View(who="One", low=Decimal(1), high=Decimal(0)),)},
            "One says 1 to 0: put the lower end first",
        ),
    ],
)
def test_an_assumption_that_cannot_be_is_refused_with_a_sentence(more, sentence):
    assert sentence in " ".join(assumption(**more).faults())


def test_a_sound_assumption_has_no_faults():
    assert list(assumption(low=Decimal(0), high=Decimal(1)).faults()) == []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"base": 2030, "horizon": 2030}, "is not after the base year"),
        (
            {"variants": (facts.Probability(variant="principal", share=Decimal("0.9")),)},
            "add up to 0.9, not to 1",
        ),
        ({"draws": 0}, "there is 1 draw or more"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_with_a_sentence(more, sentence):
    made = facts.Scenario(name="It", about="kent/area/system", **more)
    assert sentence in " ".join(made.faults())


# --- one thing changed ---------------------------------------------------------------------------


def test_one_assumption_is_changed_and_the_name_says_so(packs):
    made = scenario(packs, OURS)
    less = changed(made, "home-as-soon-as-fit", stated=0.5, share=0.1)
    assert less.name == "Care nearer home, with “Home as soon as fit” changed"
    before, after = ({it.name: it[6:8] for it in assumed(each)} for each in (made, less))
    assert after.pop("Home as soon as fit") == (0.5, 0.1)
    assert before.pop("Home as soon as fit") != (0.5, 0.1)
    assert before == after
    assert assumptions(less) != assumptions(made)


@pytest.mark.parametrize("it", assumed(reading.scenario("care-nearer-home")), ids=lambda it: it[0])
def test_every_assumption_can_be_changed_by_its_word(it):
    made = changed(reading.scenario("care-nearer-home"), it.handle, stated=0.77)
    assert [each.stated for each in assumed(made) if each.handle == it.handle] == [0.77]


def test_an_unknown_assumption_is_answered_with_those_there_are(packs):
    with pytest.raises(CannotProject, match=r"assumes no “wards”. It assumes: years-in-good-he"):
        changed(scenario(packs, OURS), "wards", stated=1.0)
    with pytest.raises(CannotProject, match="does not act on a share"):
        changed(scenario(packs, OURS), "emergency-care-grows", share=0.5)


# --- rules ---------------------------------------------------------------------------------------


def tried(day, number):
    return [(found.outcome, found.because) for found in outcomes(day, number)]


def test_a_result_whose_assumptions_have_changed_since_is_found():
    made = invented(mitigations=(mitigation(share=0.5),))
    seen = on_record(made)
    run = project(inputs(), scenario(seen, NAME), Run(seed=1, draws=2, code="test"))
    came = result(
        run, NAME, seen.fact(NAME), made="2026-11", of=["north"], years=[2030], sources=PAPER
    )
    held = as_facts(made, NAME, about="kent/area/system", sources=PAPER)
    later = as_facts(
        invented(mitigations=(mitigation(share=0.4),)), NAME, about="kent/area/system",
        sources=PAPER,
    )  # fmt: skip
    paper = a("test/document/paper", Document(title="Invented, page", issuer="Nobody"))
    for facts_, outcome in ((held, "met"), (later, "not met")):
        day = record_of(
            paper, a("kent/scenario-result/one", came), *(a(*each) for each in facts_.items())
        )
        assert outcomes(day(TODAY), "DEM-RESULT") == {"kent/scenario-result/one": outcome}
    other = msgspec.structs.replace(came, rule="demand-0")
    day = record_of(
        paper, a("kent/scenario-result/one", other), *(a(*each) for each in held.items())
    )
    assert outcomes(day(TODAY), "DEM-RESULT") == {"kent/scenario-result/one": "not met"}


@pytest.mark.parametrize(
    ("high", "agreed_by", "outcome"),
    [
        ("0.5", "The board", "met"),  # they meet at one point
        ("0.49", "The board", "not met"),
        ("0.5", "", "cannot tell"),
    ],
)
def test_an_agreed_range_meets_that_of_everybody_who_was_asked(high, agreed_by, outcome):
    view = facts.View(who="A nurse", low=Decimal("0.1"), high=Decimal(high))
    it = assumption(low=Decimal("0.5"), high=Decimal("0.9"), views=(view,), agreed_by=agreed_by)
    day = record_of(a("kent/scenario-assumption/one", it))(TODAY)
    assert outcomes(day, "DEM-AGREED") == {"kent/scenario-assumption/one": outcome}


def test_a_scenario_that_leaves_something_open_cannot_be_judged(packs):
    found = outcomes(packs, "DEM-STATED")
    assert found[OURS] == "met"
    assert found["hampshire-and-isle-of-wight/scenario/national-growth"] == "cannot tell"


# --- stopping ------------------------------------------------------------------------------------


def test_a_run_that_is_stopped_gives_nothing_of_itself():
    said = list[str]()
    with pytest.raises(Stopped, match=r"after 1 of 3 areas. Nothing of it is shown"):
        project(
            inputs(), invented(), Run(seed=1, draws=2, code="test"),
            done=lambda area, number, of: said.append(f"{area} {number}/{of}"),
            stop=lambda: bool(said),
        )  # fmt: skip
    assert said == ["north 1/3"]


# --- on its page ---------------------------------------------------------------------------------


def lines(day, entity):
    """Each line of a page, by its heading."""
    return {
        line.title: [f"{link.text}" for link in line.values] for line in shown(day, entity).lines
    }


def test_a_year_is_written_without_a_comma(packs):
    told = lines(packs, OURS)
    assert (told["Base year"], told["Horizon"], told["Draws"]) == (["2026"], ["2041"], ["1,000"])


def test_what_a_source_leaves_open_is_named_on_the_page(packs):
    page = shown(packs, "hampshire-and-isle-of-wight/scenario/avoidable-admissions")
    assert page.silent == ("Owner", "Base year", "Horizon", "Population projections")
    told = lines(packs, page.entity)
    assert told["People stay as they are"] == ["Yes"]


def test_a_result_is_called_by_its_scenario_and_the_day_in_words(packs):
    page = shown(packs, "exampleshire/scenario-result/do-nothing-2026")
    assert page.label == "Do nothing: 1,000 futures, 11 March 2026"
