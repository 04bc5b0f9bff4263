"""The store of figures: what an observation is, and what is asked of many of them.

Questions are Ibis expressions on tables given as arguments, so that DuckDB and PostgreSQL answer
the same; nothing here opens a connection. Figures are then judged by `commonweal.outcomes.methods`.
"""
