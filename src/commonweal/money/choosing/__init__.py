"""How providers of health care are chosen: which process, how it is waited for, what may change.

It stands with money because an award is how money comes to be spent on a service.
"""
