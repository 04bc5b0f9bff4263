"""Public-health methods on arrays, one subject a module; usable as a library by itself.

A figure that is not there is not nought: see `states`. Tables go in and out through `frames`.
"""
