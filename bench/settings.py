"""The site's settings, with the peer's tables beside its own, in a folder of the benchmark's."""

from commonweal_site.settings import *  # noqa: F403  # every setting of the site holds
from commonweal_site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "simple_history", "bench.peer"]
