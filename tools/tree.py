"""The files of the project, as git sees them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def files(*patterns: str, root: Path = ROOT) -> list[Path]:
    """Files that are committed or about to be, matching any of the glob patterns."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    paths = [Path(name) for name in sorted(set(listed.split("\0"))) if name]
    wanted = [path for path in paths if not patterns or any(path.match(p) for p in patterns)]
    return [root / path for path in wanted if (root / path).is_file()]


def shown(path: Path, root: Path = ROOT) -> str:
    """The path as a reader would type it at the root of the project."""
    return path.relative_to(root).as_posix()
