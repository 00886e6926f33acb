"""Goldthread's settings, plus one header for the bench. Never used by the product."""

from goldthread.settings import *  # noqa: F403
from goldthread.settings import MIDDLEWARE as PRODUCTS

MIDDLEWARE = ["bench.counting.Cost", *PRODUCTS]
