"""One record: from any part of a matter each of the others is two clicks away, on the pages themselves."""

import re

import pytest

from commonweal.plans.stories import PARTS
from commonweal_site.plans.beside import TITLES
from tests.site.conftest import words

X = "exampleshire"
MATTER = {
    "need": "plan-item/need-falls", "plan": "plan-item/reablement-2026", "engagement": "engagement/going-home-2025",
    "authority": "function/reablement", "decision": "decision/reablement-pool-2025",
    "money": "fund/reablement-pool", "milestone": "milestone/home-first-county",
    "outcome": "indicator/home-after-reablement", "risk": "risk/winter-beds",
    "scrutiny": "recommendation/home-at-weekends",
}  # fmt: skip
"""Of one matter that has all its parts, one fact of each."""

OWN = re.compile(
    rf"/{X}/(case/)?({'|'.join(each.split('/')[0] for each in MATTER.values())})/[a-z0-9-]+/?"
)
"""Pages of facts such as these, and their stories."""

ALONE = [
    "recommendation/publish-waits", "issue/trolleys", "fund/public-health-grant", "milestone/rapid-test",
    "healthwatch-report/getting-an-appointment", "engagement/heat-2026",
]  # fmt: skip


def reader(shipped):
    """Gives the addresses that the body of a page leads to; each page is asked for once."""
    kept = {}

    def leads(path):
        if path not in kept:
            answer = shipped.get(path)
            body = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
            links = re.findall(r'href="(/[^"?#]*)', body[0]) if body else []
            kept[path] = frozenset(links) if answer.status_code == 200 else frozenset()
        return kept[path]

    return leads


def missed(leads, start, wanted):
    """What two clicks do not lead to; no page is opened that is not needed."""
    first = leads(start)
    wanted = wanted - first
    # The story first: it leads to most.
    for path in sorted(first, key=lambda each: ("/case/" not in each, each)):
        if wanted and OWN.fullmatch(path):
            wanted = wanted - leads(path)
    return wanted


def test_the_matter_has_every_part():
    assert list(MATTER) == list(PARTS) == list(TITLES)


def test_from_each_part_of_a_matter_every_other_is_two_clicks_away(shipped):
    leads = reader(shipped)
    every = {f"/{X}/{each}" for each in MATTER.values()}
    far = {start: missed(leads, start, every - {start}) for start in every}
    assert {start: others for start, others in far.items() if others} == {}


@pytest.mark.parametrize("start", [*MATTER.values(), *ALONE])
def test_a_page_names_every_part_and_says_which_is_not_recorded(shipped, start):
    said = words(shipped.get(f"/{X}/{start}"))
    rest = said[said.index("The rest of its story") :].lower()
    own = {part for part, kinds in PARTS.items() if start.split("/")[0] in kinds} | {"need", "plan"}
    unsaid = {part for part, title in TITLES.items() if title.lower() not in rest}
    assert unsaid <= own


def test_a_story_shows_what_is_to_come_apart_from_what_has_been(shipped):
    path = f"/{X}/case/decision/reablement-pool-2025/"
    said = words(shipped.get(f"{path}?as_at=2026-11-01"))
    to_come = said[said.index("Still to come") :]
    assert "Home first runs in the county on seven days" in to_come
    assert "The reablement pool for 2025/26" not in to_come.split("No day on record")[0]
    later = words(shipped.get(f"{path}?as_at=2028-11-01"))
    assert "Still to come" not in later


def test_a_story_says_how_many_of_its_parts_are_not_recorded(shipped):
    whole = words(shipped.get(f"/{X}/case/decision/reablement-pool-2025/"))
    assert "All 10 parts of it are on record." in whole
    part = words(shipped.get(f"/{X}/case/decision/carers-pool-2025/"))
    assert "3 are not recorded: milestones and actions, outcomes and scrutiny." in part
