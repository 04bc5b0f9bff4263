"""Rows about people on an engine, and the answers that may leave it."""
