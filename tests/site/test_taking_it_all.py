"""The whole record is one file: what is public of it, every day of it, ready to be loaded again."""

import io
import zipfile

import pytest

from commonweal.areas.facts import Area
from commonweal.bodies.facts import Relation
from commonweal.record.documents import Pack
from commonweal_site.record import packing
from tests.desk import asserted, hours, write
from tests.site.conftest import PAPER


def files(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_what_is_taken_loads_into_the_same_public_record(shipped, sqlite, tmp_path):
    taken = files(shipped.get("/data/packs.zip"))
    for name, text in taken.items():
        (tmp_path / "packs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "packs" / name).write_text(text, encoding="utf-8")
    with sqlite.fresh(tmp_path) as book:
        packing.load([tmp_path / "packs"], book)
        assert packing.export(book).files == packing.export(shipped.book).files


def test_one_pack_holds_every_day_of_its_own_facts(kent):
    taken = files(kent.get("/data/packs/kent.zip"))
    assert {name.split("/")[0] for name in taken} == {"kent"}
    assert "2023-04-01" in taken["kent/areas.yaml"]
    assert "East Thanet" in taken["kent/areas.yaml"]


def test_the_same_record_is_the_same_bytes(kent):
    assert (
        kent.get("/data/packs.zip").content == kent.get("/data/packs.zip?as_at=2022-07-01").content
    )


@pytest.mark.parametrize("path", ["/data/packs.zip", "/data/packs/kent.zip"])
def test_nothing_exempt_nor_what_names_it_is_taken(kent, path):
    told = "".join(files(kent.get(path)).values())
    assert "East Thanet" in told
    assert "Hushwater" not in told
    assert "kent/body/secret" not in told


def test_what_names_an_exempt_fact_of_another_pack_is_not_taken(kent):
    write(
        kent.book,
        asserted("essex/pack/essex", Pack(name="Essex", systems=("essex",), needs=("kent",))),
        asserted("essex/area/system", Area(name="Essex", type="system", sources=PAPER)),
        asserted(
            "essex/relation/hidden",
            Relation(
                type="advises", who="kent/body/secret", to_whom="kent/body/icb", sources=PAPER
            ),
        ),
        at=hours(2),
    )
    told = files(kent.get("/data/packs/essex.zip"))
    assert "essex/areas.yaml" in told
    assert "essex/relations.yaml" not in told


def test_an_unknown_pack_is_answered_with_those_that_are(kent):
    answer = kent.get("/data/packs/kant.zip")
    assert answer.status_code == 404
    assert "kent" in answer.content.decode()


def test_a_record_too_large_to_wait_for_is_left_to_the_command(kent, settings):
    settings.DOWNLOAD_MOST_FACTS = 5
    answer = kent.get("/data/packs.zip")
    assert answer.status_code == 503
    assert "commonweal export" in answer.content.decode()


def test_the_page_of_data_leads_to_the_whole_and_to_each_pack(kent):
    said = kent.get("/data/").content.decode()
    assert 'href="/data/packs.zip"' in said
    assert 'href="/data/packs/kent.zip"' in said
