"""Do the documents say what is there? `python -m tools.documents`.

Links between Markdown files and to headings lead somewhere; every picture in docs/ is shown and
every picture shown is there; every command that `commonweal --help` lists is written about; the
documents that a newcomer is promised exist.
"""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

from tools.tree import ROOT, files, shown

PROMISED = [
    "README.md",
    "ARCHITECTURE.md",
    "GLOSSARY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
]
PICTURES = (
    "docs/**/*.png",
    "docs/**/*.svg",
    "docs/*.png",
    "docs/*.svg",
    "docs/*.webp",
    "docs/*.jpg",
)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href|srcset)=\"([^\"]+)\"")
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# The help lists a command on a line of its own: two spaces, its name, more spaces, what it does.
COMMAND = re.compile(r"^ {2,4}([a-z][a-z-]*) {2,}\S", re.MULTILINE)


def anchor(heading: str) -> str:
    """The fragment that code hosts make of a heading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*_]", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def links(text: str) -> list[str]:
    """Where the document leads, apart from its examples of code."""
    prose = CODE.sub("", FENCED.sub("", text))
    return [unquote(inline or tag) for inline, tag in LINK.findall(prose)]


def anchors(text: str) -> set[str]:
    return {anchor(heading) for heading in HEADING.findall(FENCED.sub("", text))}


def broken(document: Path, root: Path = ROOT) -> list[str]:
    """Links of one document that lead nowhere, a sentence each."""
    found = []
    for link in links(document.read_text()):
        if ELSEWHERE.match(link):
            continue
        name, _, fragment = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists():
            found.append(f"{shown(document, root)} leads to {link}, which is not there")
        elif fragment and target.suffix == ".md" and fragment not in anchors(target.read_text()):
            found.append(f"{shown(document, root)} leads to {link}, but there is no such heading")
    return found


def unshown(documents: list[Path], pictures: list[Path], root: Path = ROOT) -> list[str]:
    """Pictures that no document shows, a sentence each."""
    seen = {
        (page.parent / link).resolve() for page in documents for link in links(page.read_text())
    }
    return [
        f"{shown(p, root)} is shown in no document" for p in pictures if p.resolve() not in seen
    ]


def undocumented(listed: str, prose: str) -> list[str]:
    """Commands in the text of `commonweal --help` that the documents say nothing about."""
    names = sorted(set(COMMAND.findall(listed)))
    if not names:
        return ["`commonweal --help` lists no command on a line of its own"]
    return [
        f"no document says what `commonweal {name}` does"
        for name in names
        if not re.search(rf"commonweal {re.escape(name)}\b", prose)
    ]


def command_faults(documents: list[Path]) -> list[str]:
    command = [str(Path(sys.executable).parent / "commonweal"), "--help"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return [f"`commonweal --help` does not run: {error} {getattr(error, 'stderr', '')}"]
    return undocumented(done.stdout, "\n".join(page.read_text() for page in documents))


def main() -> int:
    documents = files("*.md")
    found = [f"{name} is absent" for name in PROMISED if not (ROOT / name).exists()]
    found += [fault for document in documents for fault in broken(document)]
    found += unshown(documents, files(*PICTURES)) + command_faults(documents)
    print("\n".join(found) or "The documents agree with what is there.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
