"""The settings of gunicorn, which reads this file by its name; `make run` adds host and port."""

from typing import Any

from gunicorn.glogging import Logger

from core.logs import JsonLines


class JsonLog(Logger):
    """Formats gunicorn's log as ours. Not by logconfig_dict, which also logs each request with IP and query."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())


wsgi_app = "jnxcyber.asgi:create_application()"
worker_class = "asgi"
workers = 2
preload_app = True  # a worker that was lost is replaced at once
forwarder_headers = ""  # no header of a request says where the site is mounted
limit_request_line = 8190  # the most it allows: long input is to meet a page, not a refusal
control_socket_disable = True  # else every site of the same user shares one in the home folder
logger_class = JsonLog
