"""Where the parts of the site that are not public pages begin."""

ADMIN = "/admin/"
PREVIEW = "/preview/"
