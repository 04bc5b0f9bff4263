"""A resident and an analyst read how a place does, at a desk, on a phone and without script."""

import pytest

from tests.journeys.conftest import at_the_desk_and_on_a_phone

OWN = "/exampleshire"
PAGES = [
    f"{OWN}/area/south/outcomes/", f"{OWN}/area/network-hazel/outcomes/",
    f"{OWN}/indicator/vaccinated-by-five?area=exampleton", f"{OWN}/indicator/bed-days-delayed?area=south",
    f"{OWN}/indicator/smoking-at-birth?area=network-hazel", f"{OWN}/indicator/smoking-adults/variation/",
    f"{OWN}/worse-and-getting-worse/", "/worse-and-getting-worse/", "/dorset/area/system/outcomes/",
    "/black-country-wolverhampton/indicator/wolverhampton-health-checks",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@at_the_desk_and_on_a_phone
def test_every_page_of_outcomes_is_whole_and_can_be_read_by_all(reader, path):
    reader.opens(path)
    assert not reader.scrolls_sideways()
    reader.finds_nothing_wrong()


def test_a_resident_goes_from_where_they_live_to_what_is_getting_worse_there(reader):
    # given somebody who looks at where they live
    reader.opens(f"{OWN}/area/exampleton")
    # when they follow its outcomes, and the measure that is worse and getting worse
    reader.page.get_by_role("link", name="How it does: its outcomes").click()
    reader.sees("measures that can be compared with invented England")
    reader.page.get_by_role("link", name="Both doses of measles").first.click()
    # then the first sentence answers, of where they live
    reader.sees("In Exampleton place it was")
    reader.sees("and getting worse, by its latest five years.")
    # and they may choose another area without script
    reader.page.get_by_label("Area", exact=True).select_option("exampleshire/area/north")
    reader.page.get_by_role("button", name="Show these figures").click()
    reader.sees("In North Exampleshire it was")
    # and see who differs by more than chance explains
    reader.page.get_by_role("link", name="Which differ by more than chance explains").click()
    reader.sees("There is no first or last place.")
    reader.finds_nothing_wrong()
