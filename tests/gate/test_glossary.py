"""The glossary is in order, and a bare acronym that means three things is never used."""

import pytest

from tools import glossary

GOOD = """# Glossary

## A

**Area**: somewhere with an edge.

**As at**: the day a question is asked of.

## B

**Board**
: those who decide.
"""


def test_an_ordered_glossary_has_no_faults():
    assert glossary.faults(GOOD) == []
    assert [name for name, _ in glossary.terms(GOOD)] == ["Area", "As at", "Board"]


@pytest.mark.parametrize(
    "text",
    [
        "### Area\nSomewhere.\n\n### Board\nThose who decide.\n",
        "| Term | Meaning |\n| --- | --- |\n| Area | somewhere |\n| **Board** | those who decide |\n",
        "- **Area**: somewhere\n- **Board**: those who decide\n",
    ],
)
def test_terms_may_be_headings_rows_or_items(text):
    assert [name for name, _ in glossary.terms(text)] == ["Area", "Board"]
    assert glossary.faults(text) == []


def test_a_term_out_of_order_is_found():
    [fault] = glossary.faults("**Board**: b.\n\n**Area**: a.\n")
    assert "'Area' comes after 'Board'" in fault


@pytest.mark.parametrize(
    "empty",
    ["**Area**\n\n**Board**: b.\n", "**Area**:\n\n**Board**: b.\n", "### Area\n\n### Board\nb.\n"],
)
def test_a_term_without_a_definition_is_found(empty):
    assert glossary.faults(empty) == ["GLOSSARY.md: 'Area' has no definition"]


def test_a_term_defined_twice_is_found():
    assert glossary.faults("**Area**: a.\n\n**Area**: b.\n") == [
        "GLOSSARY.md: 'Area' is defined 2 times"
    ]


def test_a_glossary_without_terms_is_found():
    assert glossary.faults("# Glossary\n") == ["GLOSSARY.md has no terms that can be read"]


@pytest.mark.parametrize(
    "line", ["The ICP met in May.", "Four ICPs and a board", "(ICP)", "an ICP."]
)
def test_a_bare_acronym_is_found(line):
    [fault] = glossary.bare("docs/page.md", f"first\n{line}\n")
    assert fault.startswith("docs/page.md:2: a bare ICP")


@pytest.mark.parametrize(
    "line", ["Rule ICP-01 binds it.", 'The word "ICP" meant', "`ICP`", "ICPS", "EICP"]
)
def test_a_rules_identifier_or_the_word_held_up_is_not_bare(line):
    assert glossary.bare("docs/page.md", line) == []
