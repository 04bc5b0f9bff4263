"""No file names somebody's machine or a package index."""

import pytest

from tools import places

# Each is put together here, or this file would be the first to be found.
MACHINES = ["/" + "work/main/x", "/" + "root/.cache", "/" + "home/ann/x", "/" + "Users/ann/x"]
INDEXES = [
    "https://" + "pypi." + "org/simple",
    "files." + "pythonhosted" + ".org",
    "npmjs" + ".com",
]


@pytest.mark.parametrize("place", MACHINES)
def test_a_path_on_one_machine_is_found(place):
    [fault] = places.faults("notes.md", f"fine\nsee {place} there")
    assert fault.startswith(f"notes.md:2 names a place on one machine: {place}")


@pytest.mark.parametrize("index", INDEXES)
def test_the_address_of_a_package_index_is_found(index):
    [fault] = places.faults("setup.cfg", f"from {index}")
    assert fault.startswith("setup.cfg:1 names a package index")


@pytest.mark.parametrize(
    "text", ["https://example.org/work/1", "src/work/one.py", "the route /workforce/", "~/root"]
)
def test_an_ordinary_address_or_path_is_not(text):
    assert places.faults("notes.md", text) == []
