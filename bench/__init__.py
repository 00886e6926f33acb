"""Measuring: the product as people meet it, over HTTP, signed in; beside it the least that this stack could do.

``python -m bench`` (or ``./run bench``) says how. Nothing here is part of the product; nothing of the product imports it.
"""
