"""`./run test` brings a PostgreSQL of its own, and takes it away again."""

import psycopg
import pytest

from tools import tests as suite


@pytest.mark.postgres
def test_a_private_cluster_answers_and_leaves_nothing_behind():
    programs = suite.programs()
    assert programs, "PostgreSQL's own programs (initdb, pg_ctl) are needed to start a cluster"
    with suite.private_cluster(programs) as server, psycopg.connect(server) as connection:
        [folder] = connection.execute("show unix_socket_directories").fetchone()
        assert connection.execute("select 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server, connect_timeout=2)
    assert not suite.Path(folder).exists()
