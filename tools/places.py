"""Does any file name a place on somebody's machine, or a package index? `python -m tools.places`.

Either would tie the project to whoever made it: a path that exists on one machine, or the
address of the mirror that one machine happened to use.
"""

import re
import sys

from tools.tree import files, shown

MACHINE = re.compile(
    r"(?<![\w.-])(?:/(?:work|root)/|/(?:home|Users)/(?!runner\b)\w|[A-Z]:\\Users\\)[\w./\\-]*"
)
INDEX = re.compile(
    r"\b(?:(?:files\.)?pythonhosted\.org|pypi\.org|registry\.npmjs\.\w+|npmjs\.com|"
    r"registry\.yarnpkg\.com|deb\.debian\.org|crates\.io)\b"
)
# A picture, a font or a database is not text, and says nothing that a person wrote.
BINARY = {".png", ".jpg", ".webp", ".ico", ".gz", ".zip", ".parquet", ".woff", ".woff2"}


def faults(path: str, text: str) -> list[str]:
    """Each place named in the text, a sentence each."""
    return [
        f"{path}:{number} names {what}: {match.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        for pattern, what in ((MACHINE, "a place on one machine"), (INDEX, "a package index"))
        for match in pattern.finditer(line)
    ]


def main() -> int:
    texts = [path for path in files() if path.suffix not in BINARY]
    found = [f for path in texts for f in faults(shown(path), path.read_text(errors="replace"))]
    print("\n".join(found) or "No file names a machine or a package index.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
