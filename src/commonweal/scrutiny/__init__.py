"""Answerable to whom? Reviews, requests, recommendations, Healthwatch, and changes of services."""
