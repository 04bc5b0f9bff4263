"""From linked rows about people to segments, strata, cohorts and use of care, for whole places.

Everything asked is an Ibis expression on tables given as arguments: DuckDB and Spark answer it the
same. A row about one person never leaves the engine; what does is counts, through `released`.
"""
