"""Meetings, decisions, promises and plans as anybody may read them, follow them and download them."""

import pytest

from tests.site.conftest import words

X, HIOW, WV = "/exampleshire", "/hampshire-and-isle-of-wight", "/black-country-wolverhampton"
PANEL = f"{WV}/body/health-scrutiny-panel"
PAGES = [
    f"{X}/meeting/board-2024-09-11", f"{X}/meeting/board-2026-01-14", f"{X}/meeting/board-2026-12-09",
    f"{X}/meeting/north-2027-01-20", f"{WV}/meeting/panel-2022-09-22",
    f"{WV}/meeting/cancer-improvement-group-2022-05",
    f"{X}/decision/winter-beds-2024", f"{X}/decision/day-centre-2025", f"{X}/decision/medical-report-2024",
    f"{WV}/decision/panel-2022-09-22-minutes", f"{X}/proposal/shared-care-record",
    f"{HIOW}/proposal/footprints-2", f"{X}/question/board-2024-09-11-market-bus",
    f"{X}/promise/market-bus", f"{WV}/promise/panel-2022-09-22-command-centre-visit",
    f"{X}/meetings/", f"{X}/body/icb/meetings/", f"{PANEL}/meetings/", f"{X}/decisions/",
    f"{X}/decisions/?year=2025&amount=small", f"{WV}/decisions/", f"{X}/endorsements/",
    f"{HIOW}/endorsements/", "/dorset/endorsements/", f"{X}/promises/", f"{WV}/promises/",
    f"{X}/forward-plan/", f"{X}/body/icb/forward-plan/", f"{WV}/forward-plan/?as_at=2022-12-11",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_meetings_answers(shipped, path):
    assert shipped.get(path).status_code == 200
