"""What holds for every test."""

from hypothesis import settings

# A slow machine is no fault: speed is measured in benchmarks.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
