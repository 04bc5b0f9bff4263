"""A system's page says what can be asked of it, and offers no room that has nothing on record."""

import re

import pytest

from commonweal_site.areas.asking import ROOMS


def offered(client, path):
    """The rooms on the page, each with the addresses that it leads to."""
    page = client.get(path).content.decode()
    part = re.search(r'<ul class="cw-rooms">.*?</section>', page, re.DOTALL)
    rooms = re.split(r"<h3>", part.group())[1:] if part else []
    return {each.partition("<")[0]: re.findall(r'href="([^"]+)"', each) for each in rooms}


def test_a_system_with_everything_on_record_offers_every_room_in_order(shipped):
    assert list(offered(shipped, "/exampleshire/")) == [room.name for room in ROOMS]


def test_a_room_without_a_fact_on_record_is_not_offered(shipped):
    rooms = offered(shipped, "/south-yorkshire/")
    assert "Who decides" in rooms
    assert "Money" not in rooms


def test_the_country_is_no_system_and_offers_none(shipped):
    assert offered(shipped, "/england/") == {}


@pytest.mark.parametrize("system", ["exampleshire", "hampshire-and-isle-of-wight", "dorset"])
def test_every_room_that_is_offered_can_be_entered(shipped, system):
    for addresses in offered(shipped, f"/{system}/").values():
        assert addresses
        for address in addresses:
            assert shipped.get(address).status_code == 200, address
