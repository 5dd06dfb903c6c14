"""How fast the site answers, beside the ceiling of a bare function and beside nginx: `make bench`.

The modules that Django has no part in run here and start everything else in a copy of the checkout;
`content` and `probe` run there.
"""
