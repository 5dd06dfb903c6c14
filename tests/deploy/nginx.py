"""nginx with the files that deploy/nginx ships."""

import json
import os
import re
import shutil
from http.client import HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tests.deploy.installation import Instance, answers, ask
from tests.deploy.processes import Server, wait_for
from tests.deploy.shipped import DEPLOY, HOST, needed
from tests.serving import free_port


class Nginx(Server):
    """nginx with the site file that is shipped."""

    def __init__(self, folder: Path, instances: list[Instance]) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        self.mirror = folder / "mirror"
        self.log = folder / "jnxcyber.log"
        shutil.copytree(DEPLOY / "nginx", folder / "nginx")
        self.site = self._put_in(folder / "nginx" / "jnxcyber.conf", instances)
        self._put_in(folder / "nginx" / "jnxcyber" / "mirror.conf", instances)
        listen = folder / "nginx" / "jnxcyber" / "listen.conf"
        listen.write_text(f"listen 127.0.0.1:{self.port};\n")
        self.main = folder / "nginx.conf"
        temporary = "\n".join(
            f"{module}_temp_path {folder}/{module};"
            for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.main.write_text(
            f"{'user root;' if os.geteuid() == 0 else ''} pid {folder}/pid; worker_processes 2;\n"
            f"error_log {folder}/error.log; events {{}}\n"
            # As Debian's own nginx.conf has it.
            f"http {{ {temporary} gzip on; access_log {folder}/access.log;\n"
            f"include /etc/nginx/mime.types; default_type application/octet-stream;\n"
            f"include {self.site}; }}\n"
        )
        super().__init__(
            [*self.command(), "-g", "daemon off;"], folder / "output", lambda: answers(self.port)
        )

    def _put_in(self, file: Path, instances: list[Instance]) -> Path:
        text = file.read_text()
        (server,) = re.findall(r"^ +server 127\.0\.0\.1:8000.*;$", text, re.MULTILINE) or [""]
        places = {
            "/etc/nginx/jnxcyber": f"{self.folder}/nginx/jnxcyber",
            "/var/cache/jnxcyber": f"{self.folder}/cache",
            "/var/log/nginx": str(self.folder),
            "/var/lib/jnxcyber/mirror": str(self.mirror),
            "listen 80 ": f"listen 127.0.0.1:{self.plain_port} ",
            "    listen [::]:80 default_server;\n": "",
        }
        if server:
            places[server] = "\n".join(
                server.replace("8000", str(instance.port)) for instance in instances
            )
        for shipped, here in places.items():
            text = text.replace(shipped, here)
        file.write_text(text)
        return file

    def command(self) -> list[str]:
        return [needed("nginx", "nginx-light", "/usr/sbin"), "-c", str(self.main)]

    def forget(self) -> None:
        """Empty the cache, as time does."""
        for path in (self.folder / "cache").rglob("*"):
            if path.is_file():
                path.unlink()

    def logged(self) -> list[dict]:
        lines = self.log.read_text().splitlines(keepends=True)
        return [
            json.loads(line) for line in lines if line.endswith("\n")
        ]  # the last may be half written

    def get(self, path: str, **options) -> tuple[HTTPResponse, bytes]:
        return ask(self.port, path, **options)

    def sign_in(
        self, name: str, password: str, **options: str
    ) -> tuple[HTTPResponse, SimpleCookie]:
        """Send the form of the admin's sign-in; return the response and the cookies of form and response."""
        response, body = self.get("/admin/login/", **options)
        cookies = cookies_of(response)
        token = re.search(r'name="csrfmiddlewaretoken" value="(.*?)"', body.decode())[1]
        form = {"csrfmiddlewaretoken": token, "username": name, "password": password}
        response, _ = self.get(
            "/admin/login/", method="POST", body=urlencode(form).encode(),
            Cookie=cookies.output([], "", ";"), Referer=f"https://{HOST}/admin/login/",
            Content_Type="application/x-www-form-urlencoded", **options,
        )  # fmt: skip
        cookies.update(cookies_of(response))
        return response, cookies

    def entry(self, path: str, **options) -> dict:
        """Return the log's line about a visit."""
        before = len(self.logged())
        self.get(path, **options)
        wait_for(lambda: len(self.logged()) > before)
        return self.logged()[-1]

    def cache_status(self, path: str, **options) -> str:
        return self.entry(path, **options)["cache"]

    def wait_until_cached(self, path: str, **options) -> None:
        """An answer is sent before it is cached: the next visitor may come too early."""
        wait_for(lambda: self.cache_status(path, **options) == "HIT", seconds=4)


def cookies_of(response: HTTPResponse) -> SimpleCookie:
    cookies = SimpleCookie()
    for header in response.headers.get_all("Set-Cookie", []):
        cookies.load(header)
    return cookies
