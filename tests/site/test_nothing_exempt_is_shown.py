"""What is not for publication is on no page, in no search, feed, table or log."""

import pytest

EVERYWHERE = [
    "/", "/kent/", "/kent/body/", "/kent/body.json", "/kent/body.csv", "/kinds/body/", "/kinds/seat.json",
    "/search/?q=hushwater", "/search.json?q=hushwater", "/changes/", "/changes.json", "/changes.atom",
    "/kent/changes.atom", "/kent/document/paper", "/kent/document/paper.json", "/findings/",
    "/documents/", "/kent/body/secrets",
]  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_an_exempt_body_is_nowhere(kent, path):
    said = kent.get(path).content.decode()
    assert "Hushwater" not in said
    assert "kent/body/secret" not in said.replace("kent/body/secrets", "")


@pytest.mark.parametrize("ending", ["", ".json", ".csv", ".atom"])
@pytest.mark.parametrize("entity", ["kent/body/secret", "kent/seat/secret"])
@pytest.mark.parametrize("day", ["", "?as_at=2022-07-01"])
def test_an_exempt_body_and_what_names_it_cannot_be_told_from_nothing(kent, entity, ending, day):
    answer = kent.get(f"/{entity}{ending}{day}")
    assert answer.status_code == 404
    assert "Hushwater" not in answer.content.decode()


def test_entries_about_it_are_not_in_the_public_log(kent):
    entries = {each.entity: each.number for each in kent.book.entries()}
    assert kent.get(f"/log/{entries['kent/body/secret']}").status_code == 404
    assert kent.get(f"/log/{entries['kent/seat/secret']}").status_code == 404
    assert kent.get(f"/log/{entries['kent/body/icb']}").status_code == 200


def test_its_numbers_are_not_counted(kent):
    assert kent.get("/kinds/body.json").json()["count"] == 1
