"""The one form in which a proof is written, and its hash."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec


def digest(proof: Mapping[str, Any]) -> str:
    """SHA-256 of a proof, its own hash apart: JSON, names in order, no blanks, UTF-8."""
    rest = {name: value for name, value in proof.items() if name != "hash"}
    return sha256(msgspec.json.encode(rest, order="sorted")).hexdigest()
