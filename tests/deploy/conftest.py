"""Start what deploy/ ships for real: PostgreSQL, two instances of the site, nginx in front of them.

Only places and ports are put in; all else is as it is shipped.
"""

import subprocess
from collections.abc import Iterator

import pytest

from tests.deploy.installation import Instance
from tests.deploy.nginx import Nginx
from tests.deploy.outage import Before, outage
from tests.deploy.processes import serving
from tests.deploy.shipped import DEPLOY, command_of, own_environment
from tests.deploy.stack import Database, Stack
from tests.postgres import cluster


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    """An empty database of a PostgreSQL with the settings that deploy/postgresql ships."""
    with cluster() as postgres:
        shipped = (DEPLOY / "postgresql" / "jnxcyber.conf").read_text()
        (postgres.folder / "conf.d").mkdir(mode=0o755)
        (postgres.folder / "conf.d" / "jnxcyber.conf").write_text(shipped)
        with (postgres.folder / "postgresql.conf").open("a") as file:
            file.write("include_dir = 'conf.d'\n")
        postgres.stop()
        postgres.start()
        yield Database(postgres, "postgres").beside("jnxcyber")


@pytest.fixture(scope="session")
def running_stack(database, tmp_path_factory, copy_prepared) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    first = Instance.in_folder(copy_prepared(folder / "first"), database.url)
    instances = [first, first.copy(folder / "second")]
    nginx = Nginx(folder, instances)
    mirror = first.placed(command_of("jnxcyber-mirror.service"))
    subprocess.run(
        [word.replace("/var/lib/jnxcyber/mirror", str(nginx.mirror)) for word in mirror],
        cwd=first.folder, env=own_environment(), check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with serving(*instances), serving(nginx):
        yield Stack(nginx, instances, database)


@pytest.fixture(scope="class")
def before(running_stack) -> Iterator[Before]:
    """The responses from before an outage, which lasts as long as the class of tests."""
    with outage(running_stack) as before:
        yield before


@pytest.fixture
def stack(running_stack) -> Iterator[Stack]:
    """Nothing cached, and both instances running again in the end."""
    running_stack.nginx.forget()
    yield running_stack
    running_stack.start_those_that_stand_still()


@pytest.fixture
def nginx(stack) -> Nginx:
    return stack.nginx
