"""Where published figures come from while they are fresh: one way to ask, and what was answered."""
