"""What tests of demand share."""

import pytest

from commonweal_site.command import main
from tests.commands.conftest import Ran


@pytest.fixture
def demand(capsys):
    """The command in this process, which is quicker than in one of its own."""

    def command(*arguments):
        code = main(["demand", *(str(each) for each in arguments)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command
