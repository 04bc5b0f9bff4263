"""The pins are exact, hashed and free of addresses."""

import pytest

from tools import pins

CONSTRAINTS = "alpha==1.0\nbeta==2.1 ; sys_platform == 'win32'\n"
DIGEST = "0123456789abcdef" * 4
LOCK = (
    f"alpha==1.0 \\\n    --hash=sha256:{DIGEST} \\\n    --hash=sha256:{DIGEST}\n"
    f"beta==2.1 ; sys_platform == 'win32' \\\n    --hash=sha256:{DIGEST}\n"
)


def test_matching_hashed_pins_have_no_faults():
    assert pins.faults(CONSTRAINTS, LOCK) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://index.example/simple",
        "--extra-index-url http://mirror.example",
        "--find-links /somewhere",
        "alpha @ https://index.example/alpha.whl",
        "# from file:///somewhere/alpha.whl",
    ],
)
@pytest.mark.parametrize("planted_in", ["constraints.txt", "requirements.lock"])
def test_a_planted_address_is_found_in_either_file(line, planted_in):
    texts = {"constraints.txt": CONSTRAINTS, "requirements.lock": LOCK}
    texts[planted_in] += line + "\n"
    found = pins.faults(*texts.values())
    assert len(found) == 1
    assert found[0].startswith(f"{planted_in} holds an address")


def test_a_version_that_differs_between_the_files_is_found():
    [fault] = pins.faults(CONSTRAINTS.replace("alpha==1.0", "alpha==1.1"), LOCK)
    assert "alpha is 1.1 in constraints.txt but 1.0 in requirements.lock" in fault


def test_a_package_missing_from_the_lock_is_found():
    [fault] = pins.faults(CONSTRAINTS + "gamma==3.0\n", LOCK)
    assert "gamma is 3.0 in constraints.txt but absent in requirements.lock" in fault


def test_a_pin_without_a_hash_is_found():
    bare = LOCK.replace(f"beta==2.1 ; sys_platform == 'win32' \\\n    --hash=sha256:{DIGEST}\n", "")
    assert pins.faults(CONSTRAINTS, bare + "beta==2.1\n") == [
        "beta has no hash in requirements.lock"
    ]


def test_the_packages_of_spark_are_locked_apart_and_lost_from_neither():
    spark = f"pyspark==4.0.5 \\\n    --hash=sha256:{DIGEST}\n"
    assert pins.parted(LOCK + spark) == (LOCK, spark)


def test_the_script_that_reads_the_version_file_agrees_with_it():
    assert pins.python_faults("3.13\n", "wanted=$(cat .python-version)", (3, 13)) == []


@pytest.mark.parametrize(
    ("wanted", "script", "running", "said"),
    [
        ("3.13.0\n", "cat .python-version", None, "should be a line such as 3.13"),
        ("3.13\n", "nothing", None, ".ci/run does not read .python-version"),
        ("3.13\n", "cat .python-version; python3.12 -m venv x", None, "names a Python of its own"),
        ("3.13\n", "cat .python-version", (3, 12), ".python-version is 3.13 but this is 3.12"),
    ],
)
def test_a_python_that_differs_from_the_version_file_is_found(wanted, script, running, said):
    [fault] = pins.python_faults(wanted, script, running)
    assert said in fault
