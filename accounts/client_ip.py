"""From which address a request comes, for the lock-out."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_ip_of(request: HttpRequest) -> str | None:
    """The visitor's address as the outermost of the TRUSTED_PROXIES saw it. Each proxy appends the
    address it was called from, so everything further left was written by the visitor."""
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < proxies <= len(forwarded):
        return _address(forwarded[-proxies]) or _address(request.META.get("REMOTE_ADDR", ""))
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str | None:
    try:
        address = ip_address(text.strip())
    except ValueError:  # "unknown", or nothing at all where gunicorn listens on a Unix socket
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        # Every household has 2**64 of them: counted one by one, no lock-out would ever come.
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)
