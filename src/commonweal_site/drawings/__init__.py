"""Drawings made on the server: plain functions from the record to markup, no script in it.

Each gives a `Drawing`: the picture, what it shows in words, and the same content as a table.
"""
