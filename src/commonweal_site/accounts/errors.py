"""What can go wrong with accounts."""

from commonweal.record.errors import SpeakingError


class AccountError(SpeakingError):
    """Base of every error about accounts; its text is fit to show a person."""


class UnknownPerson(AccountError):
    """Nobody has an account of that name."""


class BadGrant(AccountError):
    """A role or system that cannot be granted."""


class WeakPassword(AccountError):
    """A password that is easily guessed; it lists every reason."""


class NameTaken(AccountError):
    """A name that somebody has already, or that cannot stand in the log."""
