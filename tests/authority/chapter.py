"""The questions as a chapter of the manual: `python -m tests.authority.chapter`."""

import sys
from datetime import date

from commonweal.authority.facts import pounds
from commonweal.record.when import day_in_words
from tests.authority.scenarios import answered, asked, pence, questions

INTRODUCTION = """# Who may decide: questions and answers

Every answer below is worked out from the record when this page is printed, and is held against the
answer expected and the source that settles it."""


def chapter():
    """The whole chapter as Markdown."""
    lines, last = [INTRODUCTION], ""
    for each in questions():
        if each["chapter"] != last:
            last = each["chapter"]
            lines.append(f"\n## {last}\n")
        lines.append(_entry(each))
    return "\n".join(lines) + "\n"


def _entry(each):
    snapshot, question = asked(each)
    answer = answered(each)
    name = snapshot.name
    day = each["day"] if isinstance(each["day"], date) else date.fromisoformat(each["day"])
    much = f" {pounds(pence(each['pounds']))} for" if "pounds" in each else ""
    return (
        f"- **On {day_in_words(day)}, may {name(each['who'])} decide on{much} "
        f"“{name(question.function)}” in {name(question.area)}?** {answer.outcome.capitalize()}. "
        f"{answer.because} Settled by: {each['settles']}."
    )


if __name__ == "__main__":
    sys.stdout.write(chapter())
