"""The weight of a page: bytes of its HTML and style sheets as they are sent, headers included."""

import re
import socket
from urllib.parse import quote, urlsplit

import brotli


def weight(site_url: str, path: str) -> int:
    html = bytes_sent(site_url + path)
    assert b"\r\nContent-Encoding: br\r\n" in html
    style_sheets = re.findall(
        rb'rel="stylesheet" href="(.*?)"', brotli.decompress(html.partition(b"\r\n\r\n")[2])
    )
    return len(html) + sum(len(bytes_sent(site_url + each.decode())) for each in style_sheets)


def bytes_sent(url: str) -> bytes:
    """The whole answer as it comes over the wire, to a browser that takes Brotli."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        path = quote(parts.path) + (f"?{quote(parts.query, safe='=&')}" if parts.query else "")
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n"
            "Accept-Encoding: gzip, deflate, br\r\n\r\n".encode()
        )
        return b"".join(iter(lambda: connection.recv(65536), b""))
