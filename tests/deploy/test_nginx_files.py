"""Tests of the site file of nginx itself, without the site behind it."""

import re
import subprocess

from jnxcyber.urls import public_urls
from tests.deploy.nginx import Nginx
from tests.deploy.shipped import DEPLOY, HOST, needed


def test_the_site_file_is_valid_with_a_certificate_as_shipped(tmp_path):
    shipped = (DEPLOY / "nginx" / "jnxcyber" / "listen.conf").read_text()
    nginx = Nginx(tmp_path, [])
    subprocess.run(
        [needed("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "1", "-subj", f"/CN={HOST}", "-keyout", tmp_path / "privkey.pem", "-out",
         tmp_path / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    listen = shipped.replace(f"/etc/letsencrypt/live/{HOST}", str(tmp_path))
    listen = listen.replace("listen 443", f"listen 127.0.0.1:{nginx.port}")
    listen = re.sub(r"listen \[::\].*\n", "", listen)
    (tmp_path / "nginx" / "jnxcyber" / "listen.conf").write_text(listen)
    site = nginx.site.read_text()
    nginx.site.write_text(site.replace("keepalive 16;", "server 127.0.0.1:1; keepalive 16;"))
    done = subprocess.run([*nginx.command(), "-t"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_nginx_knows_every_parameter_that_a_page_has():
    """One that it does not know never reaches the page."""
    of_pages = {name for url in public_urls for name in url.callback.parameters}
    site = (DEPLOY / "nginx" / "jnxcyber.conf").read_text()
    known = {name: f"$own_{name}" for name in re.findall(r"^map \$args \$own_(\w+)", site, re.M)}
    assert {*known} == of_pages
    (joined,) = re.findall(r"^map (\S+) \$own_query", site, re.M)
    assert joined == "".join(known.values())
