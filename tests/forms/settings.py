"""The product's settings, but that the forms of its pages are told apart (see ``stamps``)."""

from goldthread.settings import *  # noqa: F403
from goldthread.settings import TEMPLATES
from tests.forms.stamps import stamp

stamp(TEMPLATES)
