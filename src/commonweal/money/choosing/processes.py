"""Which process has to be used, or may be: the order of regulation 6, with reasons.

Health Care Services (Provider Selection Regime) Regulations 2023, regulations 6 and 14. Before
1 January 2024 other law held: the rule CMP-01.
"""

from collections.abc import Iterator, Sized
from datetime import date
from typing import NamedTuple

from commonweal.record.when import day_in_words
from commonweal.record.wording import capital, listed
from commonweal.statute.rule import rule

from .considerable import considerable
from .facts import Circumstances, Process

REGIME = date(2024, 1, 1)
"""The first day of the regime."""


type Known = bool | None
"""Yes, no, or not known."""


class Ground(NamedTuple):
    """Whether one process is open.

    open  None: an answer is missing
    """

    process: Process
    open: Known
    because: str
    cite: str


class Choice(NamedTuple):
    """Which process to use.

    law      the rule that was asked
    grounds  each process in the order in which the regulations ask for it; none before the regime
    """

    law: str
    sentence: str
    grounds: tuple[Ground, ...] = ()

    @property
    def open(self) -> tuple[Process, ...]:
        """The processes that may be used."""
        return tuple(each.process for each in self.grounds if each.open)

    @property
    def unsettled(self) -> tuple[Process, ...]:
        """The processes that another answer might open or close."""
        return tuple(each.process for each in self.grounds if each.open is None)


def which(case: Circumstances, on: date) -> Choice:
    """The processes that may be used by choosing that begins on a day, each with its reason."""
    if on < REGIME:
        return _before(on)
    required = tuple(_required(case))
    bound = _any(required[0].open, required[1].open)
    grounds = (*required, *(_unless(bound, each) for each in _optional(case)), _urgent(case))
    return Choice("PSR-01", _sentence(grounds, bound), grounds)


def _before(on: date) -> Choice:
    law = rule("CMP-01")
    if not law.in_force(on):
        first = day_in_words(law.starts)
        return Choice("CMP-01", f"The law on choosing providers before {first} is not on record.")
    return Choice(
        "CMP-01",
        f"None of these: on {day_in_words(on)} the law was still that of competition. {law.says}",
    )


def _all(*answers: Known) -> Known:
    if False in answers:
        return False
    return None if None in answers else True


def _any(*answers: Known) -> Known:
    if True in answers:
        return True
    return None if None in answers else False


def _told(answer: Known, *words: str) -> str:
    yes, no, unknown = words
    return {True: yes, False: no, None: unknown}[answer]


def _required(case: Circumstances) -> Iterator[Ground]:
    law = rule("PSR-01").cite
    only = _all(case.only_capable, _not(case.framework))
    because = _told(
        case.only_capable,
        "Only the provider of today is able to give the service.",
        "Others could give the service too.",
        "Whether only the provider of today is able to give the service is not known.",
    )
    yield Ground("direct award A", only, _framed(case, because), law)
    offers = {
        "patients are offered a choice of provider": case.choice_offered,
        "the number of providers is not restricted": case.unrestricted,
        "every provider that qualifies is offered a contract": case.all_offered,
    }
    both = _all(*offers.values(), _not(case.framework))
    yield Ground("direct award B", both, _framed(case, _of_three(offers)), law)


def _not(answer: Known) -> Known:
    # What nobody said of a framework agreement is taken not to be one: they are rare.
    return not answer


def _framed(case: Circumstances, because: str) -> str:
    return "A framework agreement is made by competition." if case.framework else because


def _of_three(answers: dict[str, Known]) -> str:
    false = [words for words, answer in answers.items() if answer is False]
    unknown = [words for words, answer in answers.items() if answer is None]
    if false:
        return f"Not so: {'; '.join(false)}."
    if unknown:
        return f"It is not known whether {listed(unknown)}."
    return f"{capital('; '.join(answers))}."


def _optional(case: Circumstances) -> Iterator[Ground]:
    yield _award_c(case)
    able = _all(case.identifiable, _not(case.framework))
    because = _told(
        case.identifiable,
        "The authority is likely to be able to identify the most suitable provider.",
        "The authority cannot identify the most suitable provider without a competition.",
        "Whether the most suitable provider can be identified without a competition is not known.",
    )
    law = rule("PSR-01").cite
    yield Ground("most suitable provider", able, _framed(case, because), law)
    always = "It is open wherever the first two ways are not, and has to be held if no other is."
    yield Ground("competition", open=True, because=always, cite=law)


def _award_c(case: Circumstances) -> Ground:
    change = considerable(case)
    settled = {
        "a contract with the same provider ends and is replaced": case.replaces_ending,
        "the provider satisfies the old contract and will satisfy the new": case.satisfied,
    }
    small = None if change.holds is None else not change.holds
    is_open = _all(*settled.values(), small, _not(case.framework))
    because = _of_three(settled)
    if case.replaces_ending is not False and case.satisfied is not False:
        said = _told(change.holds, "The change is considerable.", "It is not considerable.", "")
        because = " ".join(filter(None, (because, said, change.because)))
    cite = rule("PSR-02").cite
    return Ground("direct award C", is_open, _framed(case, because), cite)


def _unless(bound: Known, ground: Ground) -> Ground:
    """A process that is open only where neither of the first two has to be used."""
    if bound:
        return ground._replace(open=False, because="One of the first two ways has to be used.")
    if bound is None and ground.open:
        more = "It is open unless direct award A or B has to be used, which is not settled."
        return ground._replace(open=None, because=f"{ground.because} {more}")
    return ground


def _urgent(case: Circumstances) -> Ground:
    law = rule("PSR-10").cite
    answers = {
        "it is urgent": case.urgent,
        "it could not be foreseen and is not of the authority’s making": case.unforeseen,
        "waiting would put people at risk": case.risk,
    }
    if case.urgent is None and case.unforeseen is None and case.risk is None:
        because = "Nothing is said of urgency, so it is taken not to be urgent."
        return Ground("urgent award", open=False, because=because, cite=law)
    return Ground("urgent award", _all(*answers.values()), _of_three(answers), law)


def _sentence(grounds: tuple[Ground, ...], bound: Known) -> str:
    usual, urgent = grounds[:-1], grounds[-1]
    more = " An urgent award is open too, for as long as the urgency lasts." if urgent.open else ""
    opened = [each.process for each in usual if each.open]
    unsettled = [each.process for each in usual if each.open is None]
    if bound:
        return f"{_named(opened[0])} has to be used.{more}"
    if unsettled:
        names = listed(_named(each, begins=False) for each in unsettled)
        sure = " A competition is open in any case." if opened else ""
        return f"It cannot be said yet whether {names} {_is(unsettled)} open.{sure}{more}"
    if opened == ["competition"]:
        return f"A competition has to be held.{more}"
    *first, last = (_named(each, begins=False) for each in opened)
    return f"The authority may choose: {', '.join(first)} or {last}.{more}"


def _named(process: Process, *, begins: bool = True) -> str:
    words = {
        "most suitable provider": "the choice of the most suitable provider",
        "competition": "a competition",
        "urgent award": "an urgent award",
    }.get(process, process)
    return words[:1].upper() + words[1:] if begins else words


def _is(named: Sized) -> str:
    return "is" if len(named) == 1 else "are"
