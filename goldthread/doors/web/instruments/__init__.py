"""Instruments in the settings: installed, looked at, tried out, put in use, retired. No client content."""
