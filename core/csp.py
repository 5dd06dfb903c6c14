"""The Content-Security-Policy of the admin."""

from csp.constants import SELF
from csp.decorators import csp_update

# The admin runs Django's own scripts, and two that ask for previews and keep drafts, and draws its icons from data: URLs; public
# pages do none of it.
allow_admin_assets = csp_update({"script-src": [SELF], "img-src": ["data:"], "connect-src": [SELF]})
