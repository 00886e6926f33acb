"""The product's settings, but that the forms of its pages are told apart (see ``stamps``)."""

from goldthread.settings import *  # noqa: F403  # all of the product's, and what follows
from goldthread.settings import TEMPLATES
from tests.forms.stamps import stamp

stamp(TEMPLATES)
