"""Everything that may be asked about people: each answer has been through disclosure control."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from commonweal.outcomes.methods.states import State
from commonweal.outcomes.people import cohorts, questions, released, rows, strata
from commonweal.outcomes.people.conditions import CONDITIONS, column
from commonweal.outcomes.people.profile import profile_table, steps
from commonweal.outcomes.people.released import Control
from commonweal.outcomes.people.scores import FRAILTY, HOSPITAL_FRAILTY, hospital_weights
from commonweal.outcomes.people.segments import scheme

from .engines import Engine


class People:
    """People on an engine, as at a day. No method answers with a row about anybody.

    left_out  what was not counted and why, a sentence each
    raises    BadPeople, where the tables cannot be counted on
    """

    def __init__(self, engine: Engine, as_at: date, control: Control | None = None) -> None:
        self.engine, self.as_at, self.control = engine, as_at, control or Control()
        kinds = engine.kinds()
        said = rows.lacking({name: list(columns) for name, columns in kinds.items()})
        if said := said or rows.of_another_kind(kinds):
            raise rows.BadPeople("\n".join(("Nothing was counted.", *said)))
        self.left_out = rows.judged(engine.ask(rows.faults_of_tables(as_at)), as_at)
        engine.take("hospital_weights", hospital_weights())
        for name, question in steps(as_at):
            engine.keep(name, question)

    def segments(self, by: Sequence[str], name: str = "suffolk") -> pl.DataFrame:
        """How many people are in each segment of a scheme."""
        chosen, names = scheme(name), questions.grouped_by(by)
        counted = self.engine.ask(questions.in_segments(profile_table(), name, names))
        return released.parts(counted, names, chosen.names, self.control)

    def frailty(self, by: Sequence[str]) -> pl.DataFrame:
        """How many people of 65 and over are at each level of frailty."""
        return self._in_levels("frailty", FRAILTY, by, from_age=65)

    def hospital_frailty(self, by: Sequence[str]) -> pl.DataFrame:
        """How many people of 75 and over are at each level of the hospital frailty risk score."""
        return self._in_levels("hospital_frailty_level", HOSPITAL_FRAILTY, by, from_age=75)

    def _in_levels(
        self, level: str, levels: Sequence[str], by: Sequence[str], *, from_age: int
    ) -> pl.DataFrame:
        names = questions.grouped_by(by)
        asked = questions.in_levels(profile_table(), level, names, from_age=from_age)
        return released.parts(self.engine.ask(asked), names, levels, self.control)

    def strata(self, by: Sequence[str]) -> pl.DataFrame:
        """How many people are in each stratum of risk of an unplanned admission."""
        names = questions.grouped_by(by)
        then = self.engine.ask(questions.of_cells(profile_table()))
        cells = self.engine.ask(questions.in_cells(profile_table(), names))
        counted = strata.in_strata(cells, then, list(names))
        return released.parts(counted, names, strata.STRATA, self.control)

    def recorded(self, by: Sequence[str]) -> pl.DataFrame:
        """How many people have each condition recorded."""
        names = questions.grouped_by(by)
        counted = self.engine.ask(questions.recorded(profile_table(), names))
        return released.each(counted, names, {column(c): c for c in CONDITIONS}, self.control)

    def uses(self, by: Sequence[str]) -> pl.DataFrame:
        """How often people used each kind of care in the last year, per 1,000."""
        names, people, given = questions.grouped_by(by), profile_table(), rows.tables()
        counted = self.engine.ask(questions.uses(people, given, names, self.as_at))
        everybody = self.engine.ask(questions.everybody(people, names))
        return released.used(counted, everybody, names, questions.USES, self.control)

    def undetected(self, by: Sequence[str], condition: str) -> pl.DataFrame:
        """How many people have a condition that nobody has recorded; see `cohorts`.

        returns  by, expected, recorded, undetected and state; what finding and treating them all
                 would avert in three years, and save, at most
        """
        names, of = questions.grouped_by(by), cohorts.cohort(condition)
        people = self.engine.ask(questions.by_sex_and_age(profile_table(), names))
        counted = self.engine.ask(questions.recorded(profile_table(), names))
        wanted = cohorts.expected(people, of, list(names))
        both = counted.join(wanted, on=list(names), nulls_equal=True).sort(*names)
        return cohorts.found(self._compared(both, names, column(condition)), of)

    def _compared(self, both: pl.DataFrame, by: Sequence[str], name: str) -> pl.DataFrame:
        on_record = released.listed(both[name].to_numpy(), self.control)
        would_be = released.listed(np.rint(both["expected"].to_numpy()), self.control)
        left = cohorts.undetected(on_record, would_be)
        numbers = {"expected": would_be, "recorded": on_record, "undetected": left}
        return released.labelled(both.select(*by), by, len(left.values)).with_columns(
            *(
                pl.Series(each, figures.values).fill_nan(None).cast(pl.Int64)
                for each, figures in numbers.items()
            ),
            pl.Series("state", [State(code).words for code in left.states.tolist()]),
        )
