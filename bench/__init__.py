"""Measuring the site beside a bare function, the ceiling, and beside nginx: `make bench`.

The modules that Django has no part in run here and start everything else in a copy of the checkout;
`content` and `probe` run there.
"""
