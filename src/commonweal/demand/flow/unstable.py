"""What cannot be asked of a queue."""

from commonweal.record.errors import SpeakingError


class BadFlow(SpeakingError):
    """Something that no queue can have; the text says what, and what would do."""


class Unstable(BadFlow):
    """More comes in than can go out: the queue would grow without end."""


def need_above_nought(**given: float) -> None:
    """Raises BadFlow for the first that is not a finite number above nought."""
    for name, value in given.items():
        if not 0 < value < float("inf"):
            said = name.replace("_", " ")
            raise BadFlow(f"The {said} is {value:g}: give a number above 0.")


def need_places(places: int) -> None:
    """Raises BadFlow for fewer than one."""
    if places < 1:
        raise BadFlow(f"There are {places} places: give at least 1.")


def need_room(load: float, places: float) -> None:
    """Raises Unstable unless there are more places than the load would fill, on the average day.

    load  arrivals a day times mean stay in days: the places that would be full without a queue
    """
    load = round(load, 9)  # so that 9.5 x 6 is 57, however it was added up
    if load < places:
        return
    need = f"{load:g} places' worth of need in {places:g} places"
    cure = f"Give at least {int(load) + 1} places, or fewer or shorter stays."
    if load == places:
        raise Unstable(
            f"{need} is an occupancy of 100%: whoever waits would wait ever longer. {cure}"
        )
    raise Unstable(f"{need}: the queue would grow without end. {cure}")
