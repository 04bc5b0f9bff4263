"""Whether more of something is good, bad or neither."""

from enum import Enum


class Polarity(Enum):
    """Which way is better, in the words an indicator has for it.

    NEITHER is for what is neither good nor bad, such as how many are born; it and NOT_STATED are
    compared as higher and lower, never as better and worse.
    """

    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"
    NEITHER = "neither"
    NOT_STATED = "not stated"
