"""Files on their way in: named safely, typed by content, stored under their hash."""
