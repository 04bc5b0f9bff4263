"""How fast, and against what: `./run bench`."""
