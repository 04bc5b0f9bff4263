"""The questions of `questions.yaml`, read with their chapters."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from commonweal.authority.answers import may
from commonweal.authority.search import Question
from tests.making import shipped

FILE = Path(__file__).with_name("questions.yaml")


def whole(system, short):
    return short if short is None or short.count("/") == 2 else f"{system}/{short}"


def pence(pounds):
    return None if pounds is None else round(pounds * 100)


def questions():
    """Each question with what its chapter says for all of them."""
    for chapter in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        for each in chapter["questions"]:
            system = chapter["system"]
            yield {
                **each,
                "chapter": chapter["chapter"],
                "who": whole(system, each["who"]),
                "function": whole(system, each["function"]),
                "area": whole(system, each.get("area", chapter["area"])),
            }


@cache
def snapshot(day):
    return record()(day)


@cache
def record():
    return shipped()


def asked(each):
    question = Question(
        function=each["function"],
        area=each["area"],
        amount=pence(each.get("pounds")),
        money=each.get("money"),
        urgent=each.get("urgent", False),
        so_far=pence(each.get("so_far")),
        budget=pence(each.get("budget")),
    )
    on = each["day"] if isinstance(each["day"], date) else date.fromisoformat(each["day"])
    return snapshot(on), question


def answered(each):
    day, question = asked(each)
    return may(day, each["who"], question)
