"""The builder: a version that waits is changed item by item, score by score. Works without JavaScript; htmx makes it quicker."""
