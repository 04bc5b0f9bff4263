"""What is asked to find the process that chooses a provider."""

from typing import NamedTuple


class Question(NamedTuple):
    """One question; `part` is the heading under which it stands."""

    name: str
    asks: str
    hint: str
    part: str


_FIRST, _SECOND = "Must it be a direct award?", "Does it replace a contract?"
_THIRD, _FOURTH = "Who could give it?", "Is it urgent?"
QUESTIONS = (
    Question("framework", "Is it to make a framework agreement?", "", _FIRST),
    Question("only_capable", "Is the provider of today the only one able to do it?", "", _FIRST),
    Question("choice_offered", "Are patients offered a choice of provider?", "", _FIRST),
    Question("unrestricted", "May as many providers as qualify give it?", "", _FIRST),
    Question("all_offered", "Is every provider that qualifies offered a contract?", "", _FIRST),
    Question("replaces_ending", "Does a contract with the same provider end, and is replaced?", "",
             _SECOND),
    Question("satisfied", "Does the provider do well, and will it in future?", "", _SECOND),
    Question("different_character", "Is the new contract of a materially different character?",
             "For example, other services, or for other people.", _SECOND),
    Question("brought_about", "Does the authority itself bring about the change of its worth?",
             "Answer no if prices or numbers of patients do.", _SECOND),
    Question("identifiable", "Can the most suitable provider be found without a competition?",
             "From what is known of those who are likely to be able.", _THIRD),
    Question("urgent", "Does it have to be made now?", "", _FOURTH),
    Question("unforeseen", "Could nobody foresee it, and is it not of the authority’s own making?",
             "", _FOURTH),
    Question("risk", "Would waiting put patients or the public at risk?", "", _FOURTH),
)  # fmt: skip
"""Questions that are answered by yes or no; any may be left open."""

SUMS = (
    Question("old", "Worth of the old contract over its whole life, in pounds", "", _SECOND),
    Question("new", "Worth of the new contract over its whole life, in pounds", "", _SECOND),
)
