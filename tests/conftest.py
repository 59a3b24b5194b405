"""For every test: Hypothesis without its stopwatch. How long a step takes on a busy machine is a benchmark's matter."""

from hypothesis import settings

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")
