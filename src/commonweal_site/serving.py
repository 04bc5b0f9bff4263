"""Serving the site from this process."""

import sys

BOARD = "hampshire-and-isle-of-wight/body/southampton-place-board"

ASKED = "?function=reablement&area=southampton&amount=400000&as_at=2022-05-01"

WHAT_TO_TRY = """
  Try this:
    the map of England, then another day:     {site}/?as_at=2018-10-01
    one system, as a resident sees it:        {site}/hampshire-and-isle-of-wight/
    who may sit and vote on 1 May 2022:       {site}/{board}?as_at=2022-05-01
    who could decide on reablement that day:  {site}/who-decides/{asked}
    which rules of law the record meets:      {site}/findings/
    who owes scrutiny an answer, and since:   {site}/overdue/
    an invented system to try things out:     {site}/exampleshire/
    in how many futures its beds are enough:  {site}/exampleshire/demand/
"""


def serve(host: str, port: int, workers: int) -> int:
    """Serve until stopped. Returns an exit code."""
    from datetime import UTC, datetime

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from commonweal_site.record.roots import ROOTS

    ROOTS.publish(datetime.now(UTC).date())
    site = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    sys.stdout.write(
        f"\nCommonweal is at {site} (stop with Ctrl-C).\n"
        f"{WHAT_TO_TRY.format(site=site, board=BOARD, asked=ASKED)}\n"
    )
    sys.stdout.flush()
    Granian(
        "commonweal_site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        log_level=LogLevels.warning,
    ).serve()
    return 0
