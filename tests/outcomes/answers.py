"""Where the peers' answers and the published figures lie, which are not part of this repository."""

import os
from pathlib import Path

import numpy as np
import polars as pl

SHARED = Path(
    os.environ.get("COMMONWEAL_SHARED", Path(__file__).resolve().parents[2].parent / "shared")
)
EXACT = {"rtol": 1e-9, "atol": 1e-9}


def table(name):
    """One table of the shared data as a frame; empty cells are null."""
    path = SHARED / "data" / name
    assert path.is_file(), f"{path} is not there. Set COMMONWEAL_SHARED to the shared folder."
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return pl.read_csv(path, infer_schema_length=None)


def known(sheet):
    """A sheet of the test workbooks of the package PHEindicatormethods (GPL-3, checking only)."""
    return table(f"phe-known-answers/{sheet}.csv")


def same(ours, theirs, **tolerance):
    """Equal to 1e-9 unless said otherwise, with gaps in the same places."""
    theirs = np.asarray(theirs, float)
    np.testing.assert_allclose(ours, theirs, **(EXACT | tolerance))


def limits_of(frame, *levels):
    """The lower and upper columns of a frame, as an estimate has them: levels first."""
    names = {0.95: "95_0cl", 0.998: "99_8cl"}
    return tuple(
        np.stack([frame[f"{side}{names[level]}"].to_numpy() for level in levels])
        for side in ("lower", "upper")
    )
