"""The commands on flow: a ward, the ways out of hospital, a waiting list, and variation."""

import argparse
import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from commonweal.demand.flow.futures import Range
    from commonweal.demand.variation import Opportunity

ABOUT = """\
  flow WARD                how full a ward is, how long people wait for it, what more beds buy
  discharge FILE           home visits and bedded places, who is delayed, what each costs
  waiting-list FILE        what brings a list to its standard by a day, and what then holds it
  variation --type T       how much more each area uses than people of its ages would elsewhere

  commonweal demand flow ward --replications 50 --seed 3
  commonweal demand discharge discharge
  commonweal demand waiting-list waiting --format json

WARD and FILE are files of YAML, or ward, discharge and waiting, which ship and can be copied."""

type _Formats = Callable[..., None]


def add(does: Any, formats: _Formats) -> None:
    """Add them to the command `demand`."""

    def make(name: str, run: Callable[[argparse.Namespace], int], about: str) -> Any:
        made = does.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        made.add_argument("file", metavar="FILE", help="a YAML file, or the one that ships")
        formats(made, "text", "json")
        made.set_defaults(run=run, without_record=True)
        return made

    flow = make("flow", _flow, "how full a ward is, how long people wait, what more beds buy")
    flow.add_argument("--replications", type=int, default=50, metavar="N", help="futures (50)")
    flow.add_argument("--seed", type=int, default=1, metavar="S", help="a whole number (1)")
    make("discharge", _discharge, "home visits and bedded places, who is delayed, what each costs")
    make("waiting-list", _waiting, "what brings a waiting list to its standard, and then holds it")
    about = "how much more each area uses than people of its ages would elsewhere"
    vary = does.add_parser("variation", help=about, description=f"{about[0].upper()}{about[1:]}.")
    vary.add_argument("--type", metavar="T", help="a type of activity (default: the first)")
    vary.add_argument("--inputs", type=Path, metavar="FOLDER", help="default: Exampleshire")
    vary.add_argument("--standard", metavar="A", help="an area (default: all areas together)")
    vary.add_argument("--centile", type=float, metavar="N",
                      help="the standard: 25 is the lowest quarter of areas")  # fmt: skip
    vary.add_argument("--year", type=int, metavar="Y", help="default: the first of the people")
    vary.add_argument("--variant", metavar="V", help="population projection (default: the first)")
    vary.add_argument("--remaining", metavar="LOW,HIGH",
                      help="of what is above the standard, the share that would be left: answers "
                      "with mitigations to put into a scenario")  # fmt: skip
    vary.add_argument("--full", type=int, metavar="Y", help="year by which that is done")
    formats(vary, "csv", "json")
    vary.set_defaults(run=_variation, without_record=True)


# --- a ward --------------------------------------------------------------------------------------


def _flow(args: argparse.Namespace) -> int:
    from commonweal.demand.flow.futures import futures, over, what_more_beds_buy
    from commonweal.demand.flow.steady import settled

    from .reading_flow import Ward, read

    ward = read(args.file, Ward, "ward")
    service = ward.service()
    how = {"replications": args.replications, "seed": args.seed, "settling": ward.settling}
    limits = [hours / 24 for hours in ward.within_hours]
    found = futures(service, ward.starts, ward.days, limits=limits, **how)
    mean = service.stay.mean + service.cleaning
    steady = settled(ward.beds, ward.arrivals_a_day, mean) if _settles(ward, mean) else None
    told = {
        "name": ward.name, "source": ward.source, "invented": ward.invented,
        "from": str(ward.starts), "days": ward.days, "beds": ward.beds, **how,
        "if_every_day_were_alike": None if steady is None else {
            "occupancy": round(steady.occupancy, 4), "mean_wait_days": round(steady.mean_wait, 3),
            "share_who_wait": round(steady.chance, 4),
        },
        "mean_wait_days": _range(over(found.mean_wait)),
        "waiting_at_midnight": _range(over(found.waiting.mean(axis=1))),
        "beds_full_at_midnight": _range(over(found.occupied.mean(axis=1))),
        "beds_full_by_hour": [round(float(each), 1) for each in found.by_hour.mean(axis=0)],
        "share_within": [
            {"hours": hours, "share": round(float(share), 4)}
            for hours, share in zip(ward.within_hours, found.within.mean(axis=0), strict=True)
        ],
        "more_beds": [
            {
                "more": each.more, "mean_wait_days": _range(each.mean_wait),
                "waiting_at_midnight": _range(each.waiting),
            }
            for each in what_more_beds_buy(
                service, ward.starts, ward.days, more=ward.more, **how
            )
        ],
        "for_the_board": found.for_the_board(max(ward.beds // 4, 1)),
    }  # fmt: skip
    return _said(args, told, _ward_in_words)


def _settles(ward: Any, stay: float) -> bool:
    """Whether the ward would settle, were every day like the mean day."""
    return bool(ward.arrivals_a_day * stay < ward.beds)


def _range(of: "Range") -> dict[str, float]:
    return {
        "mean": round(of.mean, 3), "low": round(of.low, 3), "middle": round(of.middle, 3),
        "high": round(of.high, 3),
    }  # fmt: skip


def _ward_in_words(told: dict[str, Any]) -> list[str]:
    wait, full = told["mean_wait_days"], told["beds_full_at_midnight"]
    lines = [
        told["for_the_board"], "",
        (f"{told['beds']} beds, {told['days']} days from {told['from']}, "
        f"{told['replications']} futures from seed {told['seed']}. "
        "Ranges hold in eight futures of ten."), "",
        (f"  mean wait for a bed       {wait['mean'] * 24:6.1f} hours"
        f"  ({wait['low'] * 24:.1f} to {wait['high'] * 24:.1f})"),
        (f"  full at midnight          {full['mean']:6.1f} beds"
        f"   ({full['low']:.1f} to {full['high']:.1f})"),
    ]  # fmt: skip
    lines += [
        f"  a bed within {each['hours']:g} hours    {each['share']:8.0%}"
        for each in told["share_within"]
    ]
    steady = told["if_every_day_were_alike"]
    if steady is not None:
        lines.append(
            f"  were every day alike: {steady['occupancy']:.0%} full, a mean wait of "
            f"{steady['mean_wait_days'] * 24:.1f} hours"
        )
    lines += ["", "Beds full, by hour of the day from midnight:"]
    hours = told["beds_full_by_hour"]
    lines += [f"  {' '.join(f'{each:5.1f}' for each in hours[at : at + 12])}" for at in (0, 12)]
    lines += ["", "What more beds buy:"]
    lines += [
        f"  {each['more']:3} more: mean wait {each['mean_wait_days']['mean'] * 24:5.1f} hours, "
        f"{each['waiting_at_midnight']['mean']:5.1f} people waiting on an average night"
        for each in told["more_beds"]
    ]
    return lines


# --- ways out ------------------------------------------------------------------------------------


def _discharge(args: argparse.Namespace) -> int:
    from commonweal.demand.flow.discharge import beds_freed, cheapest, outlook, together

    from .reading_flow import Outs, read

    asked = read(args.file, Outs, "discharge")
    made, ways = [], []
    for each in asked.ways:
        way, places = each.way(), each.there()
        here = outlook(way, places)
        best, then = cheapest(way, most=2 * max(places, int(here.queue.load) + 1))
        made.append(here)
        ways.append({
            "name": way.name, "places": places, "busy": round(here.queue.load, 2),
            "delayed_in_hospital": round(here.delayed, 2),
            "share_delayed": round(here.queue.chance, 4),
            "mean_delay_days": round(here.queue.mean_wait, 3),
            "places_pence_a_day": here.places_cost, "delays_pence_a_day": here.delays_cost,
            "more_places": [
                {"more": more, "hospital_beds_freed": round(beds_freed(way, places, more), 2)}
                for more in asked.more
            ],
            "cheapest_places": best, "cheapest_pence_a_day": then.cost,
        })  # fmt: skip
    delayed, pence = together(made)
    told = {
        "name": asked.name, "source": asked.source, "invented": asked.invented, "ways": ways,
        "delayed_in_hospital": round(delayed, 2), "pence_a_day": pence,
    }  # fmt: skip
    return _said(args, told, _ways_in_words)


def _ways_in_words(told: dict[str, Any]) -> list[str]:
    lines = [
        (
            f"On an average day {told['delayed_in_hospital']:.1f} people are well enough to leave "
            "and wait in a hospital bed; places and delays cost "
            f"{_pounds(told['pence_a_day'])} a day."
        )
    ]
    for each in told["ways"]:
        lines += [
            "", f"{each['name']}: {each['places']} places, {each['busy']:.1f} busy",
            (f"  delayed in hospital   {each['delayed_in_hospital']:8.1f} people, "
            f"{each['mean_delay_days']:.2f} days each; {each['share_delayed']:.0%} are delayed"),
            (f"  cost a day            {_pounds(each['places_pence_a_day'])} for places, "
            f"{_pounds(each['delays_pence_a_day'])} for delays"),
        ]  # fmt: skip
        lines += [
            f"  {more['more']:3} more places       {more['hospital_beds_freed']:8.1f} beds freed"
            for more in each["more_places"]
        ]
        lines.append(
            f"  cheapest              {each['cheapest_places']:8} places, "
            f"{_pounds(each['cheapest_pence_a_day'])} a day in all; cheapest is not best"
        )
    return lines


def _pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}"


# --- a waiting list ------------------------------------------------------------------------------


def _waiting(args: argparse.Namespace) -> int:
    from commonweal.demand.flow.bands import passage, relief, worst
    from commonweal.demand.flow.standards import standard

    from .reading_flow import List, read

    asked = read(args.file, List, "waiting")
    wanted = standard(asked.standard, asked.day)
    coming, step = asked.coming(), asked.step_days
    now = passage(
        asked.waiting, coming, [asked.treated_now] * len(coming), leaving=asked.leaving, step=step
    )
    found = relief(
        asked.waiting, coming, asked.treated_now, share=wanted.share, within=wanted.days,
        most=asked.most, leaving=asked.leaving, step=step,
    )  # fmt: skip
    at, least = worst(found.way, wanted.days)
    within = now.waiting_within(wanted.days)
    told = {
        "name": asked.name, "source": asked.source, "invented": asked.invented,
        "standard": wanted.name, "standard_share": wanted.share, "standard_source": wanted.source,
        "steps": len(coming), "step_days": step, "waiting": sum(asked.waiting),
        "share_within_now": round(float(within[0]), 4),
        "share_within_if_nothing_changes": round(float(within[-1]), 4),
        "treated_now": asked.treated_now, "relief_capacity": found.capacity,
        "extra_treatments": round(found.extra, 1), "share_reached": round(found.reached, 4),
        "capacity_to_hold": round(found.to_hold, 1),
        "least_share_of_those_treated": round(least, 4), "in_step": at + 1,
    }  # fmt: skip
    return _said(args, told, _list_in_words)


def _list_in_words(told: dict[str, Any]) -> list[str]:
    long = told["step_days"]
    each = "week" if long == 7 else f"{long:g} days"  # noqa: PLR2004  # days of a week
    return [
        (
            f"To meet “{told['standard']}” ({told['standard_share']:.0%}) after {told['steps']} "
            f"steps of a {each}, treat {told['relief_capacity']} people a {each} instead of "
            f"{told['treated_now']:g}: {told['extra_treatments']:,.0f} more in all."
        ),
        "",
        f"  waiting now               {told['waiting']:10,.0f}",
        f"  within it now             {told['share_within_now']:10.1%}",
        f"  if nothing changes        {told['share_within_if_nothing_changes']:10.1%}",
        f"  reached                   {told['share_reached']:10.1%}",
        f"  to hold it after that     {told['capacity_to_hold']:10,.1f} a {each}",
        "",
        (
            f"It looks worse first: in step {told['in_step']}, "
            f"{told['least_share_of_those_treated']:.1%} of those treated had waited less, for "
            "those who have waited longest go first."
        ),
    ]


# --- variation -----------------------------------------------------------------------------------


def _variation(args: argparse.Namespace) -> int:
    from commonweal.demand.variation import standardised, unwarranted

    from .reading import SHIPPED, held

    sheet, inputs = held(args.inputs or SHIPPED)
    has = inputs.population
    kind, year = args.type or inputs.rates.names[0], args.year or has.years[0]
    how = {"standard": args.standard, "variant": args.variant or has.variants[0], "year": year}
    areas = [each for each in inputs.rates.areas if each != args.standard]
    if args.centile is None:
        found = [standardised(inputs, kind, area=area, **how) for area in areas]
    else:
        found = unwarranted(inputs, kind, areas=areas, centile=args.centile, **how)
    if args.remaining is not None:
        return _as_mitigations(args, found, kind, year)
    rows = [
        {
            "area": each.area, "type": kind, "year": year, "actual": round(each.actual, 1),
            "standard": round(each.standard, 1), "ratio": round(each.ratio, 4),
            "above": round(each.above, 1),
        }
        for each in found
    ]  # fmt: skip
    if args.format == "json":
        told = {"invented": sheet.invented, "standard": args.standard or "all areas together",
                "centile": args.centile, "areas": rows}  # fmt: skip
        sys.stdout.write(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n")
        return 0
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return 0


def _as_mitigations(
    args: argparse.Namespace, found: list["Opportunity"], kind: str, year: int
) -> int:
    """Variation as mitigations in the form of a scenario, one for each area above the standard."""
    import msgspec

    from commonweal.demand.variation import closed

    from .reading import range_of

    beside = args.standard or "all areas together"
    if args.centile is not None:
        beside = f"{beside}, and the area at centile {args.centile:g}"
    changes = closed(
        found, kind, remaining=range_of(args.remaining), starts=year,
        full=args.full or year + 1, source=f"Variation of {kind} in {year}, beside {beside}",
    )  # fmt: skip
    told = {"mitigations": [msgspec.to_builtins(each) for each in changes]}
    sys.stdout.write(yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=110))
    return 0


def _said(
    args: argparse.Namespace, told: dict[str, Any], in_words: Callable[[dict[str, Any]], list[str]]
) -> int:
    if args.format == "json":
        sys.stdout.write(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n")
        return 0
    head = f"{told['name']}{' (invented)' if told['invented'] else ''}"
    sys.stdout.write("\n".join([head, "", *in_words(told), "", f"Source: {told['source']}", ""]))
    return 0
