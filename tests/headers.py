"""The headers that every response carries."""

CSP = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self'; style-src 'self'; manifest-src 'self'; connect-src 'self'"
)


def assert_has_the_usual_headers(response) -> None:
    headers = response.headers
    policy = sorted(part.strip() for part in headers["Content-Security-Policy"].split(";"))
    assert policy == sorted(CSP.split("; "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Set-Cookie" not in headers
    assert not response.cookies
    assert headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
