"""The rules of the house that no linter holds: `python -m tools.house`.

A file has at most 600 lines. A warning is silenced only with a reason in words, on its line or
the line above. No module is a drawer: a thing without a name in the field is not finished.
"""

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import PurePath

from tools.tree import files, shown

LONGEST = 600
DRAWERS = {"utils", "util", "helpers", "common", "core", "base", "services", "managers", "misc"}
SILENCED = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)\b(?P<codes>[\s:\[\]\w,-]*?)(?P<rest>[-–—#].*)?$"
)
WORDS = re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}")


def faults(path: str, text: str) -> list[str]:
    """What the house would not have, in one Python file, a sentence each."""
    lines = text.splitlines()
    found = [f"{path}:{number} silences a warning without a reason" for number in unexplained(text)]
    if len(lines) > LONGEST:
        found.append(f"{path} has {len(lines)} lines; divide it before it passes {LONGEST}")
    drawers = DRAWERS & {PurePath(part).stem for part in PurePath(path).parts}
    return found + [f"{path} is a drawer: name it for what is in it" for _ in drawers]


def unexplained(text: str) -> Iterator[int]:
    """Numbers of the lines that silence a warning and do not say why."""
    lines = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        silenced = token.type == tokenize.COMMENT and SILENCED.search(token.string)
        if not silenced:
            continue
        number = token.start[0]
        above = lines[number - 2].strip() if number > 1 else ""
        said = (silenced["rest"] or "") + (above if above.startswith("#") else "")
        if not WORDS.search(said):
            yield number


def main() -> int:
    sources = files("*.py")
    found = [fault for path in sources for fault in faults(shown(path), path.read_text())]
    print("\n".join(found) or "The rules of the house are kept.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
