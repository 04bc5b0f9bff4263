"""Is the glossary whole, and are its words used? `python -m tools.glossary`.

In GLOSSARY.md a term is a heading (`### Place`), the start of a paragraph or list item in bold
(`**Place**: ...`), or the first cell of a table row. Headings of one letter only group terms.
"""

import re
import sys
from itertools import pairwise
from pathlib import Path

from tools.tree import ROOT, files, shown

TERM = re.compile(
    r"^(?:#{2,4}\s+(?P<heading>.+?)|(?:[-*]\s+)?\*\*(?P<bold>[^*]+?)\*\*(?P<after>.*)|"
    r"\|\s*\**(?P<cell>[^|*]+?)\**\s*\|(?P<cells>.*)\|)\s*$"
)
# A bare "ICP" has meant three different things. A rule's identifier (ICP-01) and the word held
# up in quotation marks or as code, so as to explain it, are not bare.
BARE = re.compile(r"(?<![\w\"“‘'`-])ICPs?(?![\w\"”’'`]|-\d)")
READ = ("*.md", "*.html", "*.jinja", "*.jinja2", "*.j2", "*.txt")
# The licence of a vendored file is not ours to word, and the glossary has to name the word.
UNREAD = ("src/commonweal_site/static/vendored/", "GLOSSARY.md", "constraints.txt")


def terms(text: str) -> list[tuple[str, str]]:
    """Each term with its definition, in the order written; the definition may be empty."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        match = TERM.match(line)
        name = match and (match["heading"] or match["bold"] or match["cell"])
        if not match or not name:
            if found:
                found[-1] = (found[-1][0], f"{found[-1][1]} {line}".strip())
        elif not structural(name):
            start = match["after"] or match["cells"] or ""
            found.append((name.strip(" :.`"), re.sub(r"^[\s:.|–—-]+", "", start)))
    return found


def structural(name: str) -> bool:
    """A letter that groups terms, or the heading and rule of a table."""
    return len(name.strip()) == 1 or set(name) <= set(":- ") or name.strip().casefold() == "term"


def sorting(term: str) -> str:
    """What a term is filed under: letters and digits, whatever the case or punctuation."""
    return re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-/’']", " ", term.casefold())).strip()


def faults(text: str) -> list[str]:
    """What is wrong with the glossary, a sentence each."""
    written = terms(text)
    names = [name for name, _ in written]
    found = [] if names else ["GLOSSARY.md has no terms that can be read"]
    found += [
        f"GLOSSARY.md: {later!r} comes after {earlier!r}, but is before it in the alphabet"
        for earlier, later in pairwise(names)
        if sorting(later) < sorting(earlier)
    ]
    found += [
        f"GLOSSARY.md: {name!r} is defined {names.count(name)} times"
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    return found + [
        f"GLOSSARY.md: {name!r} has no definition" for name, says in written if not says
    ]


def bare(path: str, text: str) -> list[str]:
    """Each place where the text says "ICP" without saying which of the three it means."""
    return [
        f"{path}:{number}: a bare ICP; say acute-hospital footprint, sub-system or partnership"
        for number, line in enumerate(text.splitlines(), 1)
        if BARE.search(line)
    ]


def read(path: Path) -> list[str]:
    name = shown(path)
    return [] if name.startswith(UNREAD) else bare(name, path.read_text())


def main() -> int:
    glossary = ROOT / "GLOSSARY.md"
    found = faults(glossary.read_text()) if glossary.exists() else ["GLOSSARY.md is absent"]
    found += [fault for path in files(*READ) for fault in read(path)]
    print("\n".join(found) or "The glossary is in order.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
