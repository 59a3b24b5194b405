"""For every test: Hypothesis without its stopwatch, which is a benchmark's matter, and without its dice."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
