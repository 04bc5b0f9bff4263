"""Who does what in scrutiny, for a councillor or a resident, with the bodies of their system."""

from django.http import HttpRequest, HttpResponse

from commonweal.record.wording import capital, listed
from commonweal.scrutiny.roles import held
from commonweal.statute.rule import rule
from commonweal_site.jinja import Crumb
from commonweal_site.meetings.laid_out import grid
from commonweal_site.pages import Twins, as_csv, as_json, page, the_day, the_snapshot, wants
from commonweal_site.record.entity import absent
from commonweal_site.record.presenting import link_to, system_name
from commonweal_site.words import count

from .shown import by_rule

HEADS = "does who bodies rule source as_at".split()


def who_does_what(request: HttpRequest, system: str) -> HttpResponse:
    """The roles that are law on the day asked about, each with who has it here."""
    snapshot, on = the_snapshot(request), the_day(request).as_at
    if system not in snapshot.systems:
        return absent(request, snapshot, f"{system}/area/system")
    found = held(snapshot, system)
    rows = [
        {
            "does": role.does, "who": list(role.who), "bodies": list(has), "rule": role.rule,
            "source": rule(role.rule).cite, "as_at": on.isoformat(),
        }
        for role, has in found
    ]  # fmt: skip
    if wants(request) == "json":
        return as_json({"system": system, "as_at": on.isoformat(), "roles": rows})
    if wants(request) == "csv":
        name = f"{system}-who-does-what-in-scrutiny"
        flat = ({**row, "who": "; ".join(row["who"]), "bodies": " ".join(row["bodies"])}
                for row in rows)  # fmt: skip
        return as_csv(name, HEADS, flat)
    where, base = system_name(snapshot, system), f"/{system}/who-does-what-in-scrutiny"
    table = grid(
        "What is done, and by whom", ("What", "By law, the work of", "Here", "Rule"),
        (
            (role.does, capital(listed(role.who)), tuple(link_to(snapshot, each) for each in has)
             or "None on record", by_rule(role.rule))
            for role, has in found
        ),
        empty="None of these rules was law on this day.",
    )  # fmt: skip
    return page(
        request, "scrutiny/roles.jinja", f"Who does what in scrutiny: {where}",
        crumbs=[Crumb(where, f"/{system}/"), Crumb("Scrutiny", f"/{system}/scrutiny/")],
        twins=Twins(f"{base}.json", f"{base}.csv"), invented=system in snapshot.invented,
        table=table, system=system,
        lede=_lede(len(found)),
    )  # fmt: skip


def _lede(number: int) -> str:
    if not number:
        return "None of this work was law on this day."
    return (
        "Scrutiny committees of councils ask, boards and trusts answer, and Healthwatch says what "
        f"people tell it. {capital(count(number, 'piece'))} of this work are given out by law."
    )
