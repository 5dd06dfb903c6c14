"""A stack that is started as a whole: a database, two instances, nginx in front of them."""

import time
from dataclasses import dataclass

import psycopg

from tests.deploy.installation import Instance
from tests.deploy.nginx import Nginx
from tests.deploy.processes import start, wait_for
from tests.postgres import Postgres


@dataclass
class Database:
    postgres: Postgres
    name: str = "jnxcyber"

    @property
    def url(self) -> str:
        return f"{self.postgres.url.removesuffix('postgres')}{self.name}"

    def execute(self, statement: str, *parameters: object) -> list[tuple]:
        with psycopg.connect(self.url, connect_timeout=2, autocommit=True) as connection:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def beside(self, name: str) -> "Database":
        """Another one, empty."""
        self.execute(f"CREATE DATABASE {name}")
        return Database(self.postgres, name)


@dataclass
class Stack:
    """The whole: two instances on one database, behind nginx, with a mirror."""

    nginx: Nginx
    instances: list[Instance]
    database: Database

    def change_telephone(self) -> str:
        """Edit in the database itself; return what is to be read from now on."""
        telephone = f"03-0000-{time.time_ns() // 1000 % 10000:04}"
        self.database.execute(
            "UPDATE contacts_desk SET telephone = %s WHERE role = 'agency'", telephone
        )
        return telephone

    def start_those_that_stand_still(self) -> None:
        still = [instance for instance in self.instances if not instance.process]
        start(*still)
        for instance in still:  # nginx passes over an instance that failed, for two seconds
            url = f"127.0.0.1:{instance.port}"
            wait_for(lambda a=url: self.nginx.entry("/admin/login/")["instance"] == a)
