"""The IP of a request, for the lock-out and the record of sign-ins."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_ip_of(request: HttpRequest) -> str | None:
    """Return the visitor's IP as the outermost of the TRUSTED_PROXIES saw it.

    Each proxy appends the IP that called it, so that the visitor wrote everything further left.
    """
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < proxies <= len(forwarded):
        return _ip(forwarded[-proxies]) or _ip(request.META.get("REMOTE_ADDR", ""))
    return _ip(request.META.get("REMOTE_ADDR", ""))


def _ip(text: str) -> str | None:
    try:
        ip = ip_address(text.strip())
    except ValueError:  # "unknown", or nothing at all where gunicorn listens on a Unix socket
        return None
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        # Every household has 2**64 of them: counted one by one, no lock-out would ever come.
        return str(ip_network((ip, 64), strict=False).network_address)
    return str(ip)
