"""The peer: the same facts kept by django-simple-history, which also answers "as of"."""
