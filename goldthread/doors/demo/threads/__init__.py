"""The demo's threads: what people need and want, who does what, what happened. Most are whole; some are broken."""
