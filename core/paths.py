"""The paths at which the admin and the previews begin."""

ADMIN = "/admin/"
PREVIEW = "/preview/"
