"""Fetching, against real servers that each test starts and ends."""
