"""From any fact of a matter the rest of it is two clicks away, and its story is told in order."""

import csv
import io

import pytest

from commonweal.plans.asking import Engagement, Heard
from commonweal.plans.facts import Plan
from commonweal.plans.items import PlanItem
from tests.desk import asserted, write
from tests.site.conftest import PAPER, words

X = "/exampleshire"
STARTS = [
    "decision/carers-pool-2025", "fund/reablement-pool", "milestone/home-first-county",
    "indicator/home-after-reablement", "engagement/carers-2025", "plan-item/reablement-2026",
    "plan-item/need-falls", "risk/carers",
]  # fmt: skip


@pytest.mark.parametrize("start", STARTS)
def test_every_part_of_a_matter_has_the_rest_beside_it_and_a_story(shipped, start):
    said = shipped.get(f"{X}/{start}").content.decode()
    assert "The rest of its story" in said
    assert f'href="{X}/case/{start}/"' in said
    assert shipped.get(f"{X}/case/{start}/").status_code == 200


def test_a_story_is_told_in_order_of_date_from_need_to_money(shipped):
    path = f"{X}/case/decision/carers-pool-2025"
    rows = list(csv.DictReader(io.StringIO(shipped.get(f"{path}.csv").content.decode())))
    days = [row["on"] for row in rows if row["on"]]
    assert days == sorted(days)
    parts = [row["part"] for row in rows]
    assert (
        parts.index("need") < parts.index("plan") < parts.index("decision") < parts.index("money")
    )
    data = shipped.get(f"{path}.json").json()
    assert [each["id"] for each in data["chapters"]] == [row["id"] for row in rows]
    assert "Where you began" in words(shipped.get(f"{path}/"))


def test_a_story_of_an_earlier_day_knows_nothing_of_later_ones(shipped):
    then = shipped.get(f"{X}/case/decision/carers-pool-2025.json?as_at=2025-03-12").json()
    assert "exampleshire/fund/carers-pool" not in {each["id"] for each in then["chapters"]}


@pytest.mark.parametrize(
    "path", [f"{X}/case/body/icb/", f"{X}/case/plan/none/", f"{X}/case/nothing/icb/"]
)
def test_where_no_story_can_be_told_the_page_says_what_to_do(shipped, path):
    answer = shipped.get(path)
    assert answer.status_code == 404
    if "/body/" in path:
        assert "Begin from plan-item, decision" in words(answer)


def test_a_page_of_what_is_no_part_of_a_matter_has_nothing_beside_it(shipped):
    assert "The rest of its story" not in words(shipped.get(f"{X}/body/icb"))


def test_nothing_exempt_is_beside_anything_or_in_a_story(kent):
    plan, item = "kent/plan/open", "kent/plan-item/open"
    why = "Publicity would harm the public interest"
    heard = (Heard(said="Hushwater", did="Sold", through=item),)
    write(
        kent.book,
        asserted(plan, Plan(name="Open plan", sources=PAPER)),
        asserted(item, PlanItem(plan=plan, name="Fewer falls", sources=PAPER)),
        asserted("kent/plan-item/hushwater", PlanItem(
            plan=plan, name="Hushwater", answers=(item,), exempt=why, sources=PAPER)),
        asserted("kent/engagement/hushwater", Engagement(
            name="Hushwater walk", heard=heard, exempt=why, sources=PAPER)),
    )  # fmt: skip
    for path in (f"/{item}", "/kent/case/plan-item/open/", "/kent/case/plan-item/open.json"):
        answer = kent.get(path)
        assert answer.status_code == 200
        assert "hushwater" not in answer.content.decode().lower()
