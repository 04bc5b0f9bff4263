"""A scheme written out in one of the three shapes and imported again is the same, as far as the shape holds it."""

from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.authority.answers import may
from commonweal.authority.facts import Delegation, Instrument, Reservation, pounds
from commonweal.authority.imported.drawing import Terms, draw
from commonweal.authority.search import Question
from commonweal.record.packs import Item
from commonweal.record.when import OPEN
from commonweal_site.importing.reading import read_file
from tests.importing.papers import (
    AUDIT,
    BUDGET,
    CHIEF,
    CONTRACTS,
    DAY,
    DIRECTOR,
    FINANCE,
    LOSSES,
    REABLEMENT,
    document,
    imported,
    passed,
    the_record,
    workbook,
)
from tests.making import shipped

FUNCTIONS = (BUDGET, CONTRACTS, LOSSES, REABLEMENT)
HOLDERS = (AUDIT, CHIEF, DIRECTOR, FINANCE)
NAMES = the_record()(DAY).name
UPPERS = st.one_of(st.none(), st.integers(1, 10**9).map(lambda whole: whole * 100))
SCHEMES = st.dictionaries(
    st.tuples(st.sampled_from(HOLDERS), st.sampled_from(FUNCTIONS)), UPPERS, min_size=1
)
FILES = st.sampled_from([workbook, lambda *rows: document(list(rows))])


def said(scheme):
    """The delegations of a scheme as an import should find them."""
    return sorted(
        (taker, function, "no limit" if upper is None else "per decision", None, upper)
        for (taker, function), upper in scheme.items()
    )


def found(drawn):
    assert (drawn.faults, drawn.asked) == ((), ())
    return sorted(passed(drawn))


@settings(max_examples=30)
@given(scheme=SCHEMES, made=FILES)
def test_through_a_tick_matrix_all_but_the_limits_comes_back(scheme, made):
    rows = [["Function", *map(NAMES, HOLDERS)]]
    for function in FUNCTIONS:
        ticks = ["✓" if (holder, function) in scheme else "" for holder in HOLDERS]
        rows.append([NAMES(function), *ticks])
    lost = sorted((taker, function, "not stated", None, None) for taker, function in scheme)
    assert found(imported("tick-matrix", made(*rows))) == lost


@settings(max_examples=30)
@given(scheme=SCHEMES)
def test_through_a_list_by_holder_all_comes_back(scheme):
    parts = []
    for holder, items in groupby(sorted(scheme), key=lambda each: each[0]):
        parts.append((2, NAMES(holder)))
        for key in items:
            upper = scheme[key]
            limit = "without limit" if upper is None else f"up to {pounds(upper)}"
            parts.append(f"{NAMES(key[1])}, {limit}")
    assert found(imported("by-holder", document(*parts))) == said(scheme)


@settings(max_examples=30)
@given(scheme=SCHEMES, made=FILES)
def test_through_a_table_of_limits_all_comes_back(scheme, made):
    rows = [["Function", *map(NAMES, HOLDERS)]]
    for function in FUNCTIONS:
        cells = []
        for holder in HOLDERS:
            upper = scheme.get((holder, function), 0)
            cells.append("unlimited" if upper is None else pounds(upper) if upper else "n/a")
        rows.append([NAMES(function), *cells])
    assert found(imported("role-by-limit", made(*rows))) == said(scheme)


@settings(max_examples=30)
@given(ends=st.lists(st.integers(1, 10**6), min_size=1, max_size=4, unique=True))
def test_bands_come_back_to_the_penny(ends):
    ends = sorted(end * 100 for end in ends)
    lows = [0, *ends[:-1]]
    texts = [f"over {pounds(low)} to {pounds(up)}" if low else f"up to {pounds(up)}"
             for low, up in zip(lows, ends, strict=True)]  # fmt: skip
    data = workbook(["Function", *texts], [NAMES(LOSSES), *map(NAMES, HOLDERS[: len(texts)])])
    bands = [(low or 0, up) for *_, low, up in passed(imported("role-by-limit", data))]
    assert bands == list(zip(lows, ends, strict=True))


# --- Exampleshire's own scheme --------------------------------------------------------------------


def test_exampleshires_scheme_goes_through_a_table_of_limits_and_agrees_with_the_record():
    snapshot = shipped("england", "exampleshire")(DAY)
    scheme = "exampleshire/instrument/scheme-2"
    body = snapshot.fact(scheme).body
    # What others pass on further under it is prose in a printed scheme, which no shape holds.
    own = {
        name: fact
        for name, fact in snapshot.all(Delegation).items()
        if (fact.instrument, fact.giver) == (scheme, body)
    }
    kept = {n: f for n, f in snapshot.all(Reservation).items() if f.instrument == scheme}
    assert own
    assert kept
    rows = [["Function", "Role", "Limit"]]
    for fact in own.values():
        if fact.limit in {"no limit", "within approved budget"} and fact.upper is None:
            limit = "unlimited" if fact.limit == "no limit" else "within approved budget"
        else:
            low = f"over {pounds(fact.lower)} to " if fact.lower else "up to "
            limit = f"{low}{pounds(fact.upper)} {fact.limit}" if fact.upper else "not stated"
        rows.append([snapshot.name(fact.function), snapshot.name(fact.taker), limit])
    file = read_file("scheme.xlsx", workbook(*rows))
    terms = Terms("exampleshire", DAY, "role-by-limit", scheme, giver=body or "")
    drawn = draw(file, terms, snapshot)
    assert [str(each) for each in drawn.faults] == []
    assert drawn.asked == ()
    assert set(drawn.agreed) == set(own)
    assert drawn.changes == ()


# --- what the engine makes of it ------------------------------------------------------------------


def after(drawn):
    """The record as it would be once an import is written."""
    items = [Item(e.entity, e.valid_from, OPEN, e.fact) for e in drawn.changes]
    return the_record(*items)(DAY)


def asked(snapshot, amount):
    question = Question(function=LOSSES, area="kent/area/system", amount=amount)
    return may(snapshot, AUDIT, question).outcome


def test_a_tick_lets_decide_and_of_an_amount_nobody_can_tell():
    rows = ["Function", "Audit Committee"], ["Write off losses", "✓"]
    snapshot = after(imported("tick-matrix", workbook(*rows)))
    assert snapshot.all(Instrument)
    assert asked(snapshot, None) == "allowed"
    assert asked(snapshot, 1) == "cannot tell"


def test_a_limit_lets_decide_up_to_it_and_no_further():
    rows = ["Function", "Audit Committee"], ["Write off losses", "£50k"]
    snapshot = after(imported("role-by-limit", workbook(*rows)))
    assert asked(snapshot, 50_000_00) == "allowed"
    assert asked(snapshot, 50_000_01) == "refused"


def test_without_a_law_nobody_can_tell_at_all():
    rows = ["Function", "Audit Committee"], ["Write off losses", "£50k"]
    snapshot = after(imported("role-by-limit", workbook(*rows), basis=""))
    assert asked(snapshot, 1) == "cannot tell"
