"""A few people, made up one by one, whose segments and scores can be worked out by hand."""

from datetime import date

import polars as pl

from commonweal.outcomes.people.rows import TABLES

AS_AT = date(2026, 4, 1)
YEAR_BEFORE = date(2025, 4, 1)
KINDS = {
    "int64": pl.Int64, "date": pl.Date, "string": pl.String, "int8": pl.Int8, "boolean": pl.Boolean,
}  # fmt: skip


class Village:
    """People are added with what they have; `frames` gives the tables."""

    def __init__(self):
        self.rows = {name: [] for name in TABLES}
        self.named = {}

    def person(self, name, *conditions, born=date(1980, 6, 1), place="Up", **more):
        number = len(self.named) + 1
        self.named[name] = number
        self.rows["residents"].append(
            {"person": number, "born": born, "sex": "female", "area": "Z01000001", "fifth": 3,
             "practice": "Z00001", "place": place, "system": "Here"} | more
        )  # fmt: skip
        for condition in conditions:
            self.add("conditions", name, condition=condition, since=date(2025, 10, 1))
        return number

    def add(self, table, name, **columns):
        row = dict.fromkeys(TABLES[table]) | {"person": self.named[name]} | columns
        self.rows[table].append(row)

    def admitted(self, name, day=date(2025, 12, 1), *codes, planned=False, nights=2):
        left = date.fromordinal(day.toordinal() + nights)
        self.add("spells", name, admitted=day, discharged=left, planned=planned)
        for code in codes:
            self.add("diagnoses", name, day=day, code=code)

    def frames(self):
        return {
            name: pl.DataFrame(rows, schema={c: KINDS[k] for c, k in TABLES[name].items()})
            for name, rows in self.rows.items()
        }

    def written(self, folder):
        for name, frame in self.frames().items():
            frame.write_parquet(folder / f"{name}.parquet")
        return folder


def profiled(village, folder, as_at=AS_AT):
    """The profile of everybody by name, straight from the engine, as only a test may see it."""
    from commonweal.outcomes.people.profile import profile_table
    from commonweal_site.outcomes.people.asking import People
    from commonweal_site.outcomes.people.engines import on_folder

    with on_folder(village.written(folder)) as engine:
        People(engine, as_at)
        rows = engine.ask(profile_table()).rows_by_key("person", named=True, unique=True)
    return {name: rows[number] for name, number in village.named.items()}
