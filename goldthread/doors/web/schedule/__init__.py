"""The calendar: the worker's week, a client's appointments, making and changing them, the feed for other calendars."""
