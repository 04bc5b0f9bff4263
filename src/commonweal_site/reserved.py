"""Words that pages of the site need for themselves."""

RESERVED = frozenset(
    "about access accounts api assets care-models changes data desk documents drill edit "
    "findings glossary import index kinds log manual milestones overdue robots rules search "
    "status time-limits which-process who-decides worse-and-getting-worse".split()
)
"""First parts of addresses that no system may be called."""
