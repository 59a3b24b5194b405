"""The two commands: make an environment, bring a whole hall up and keep it up, prove that it works.

What runs before the environment exists (`bootstrap`, `debian`, `environment`, `say`, `paths`) is standard library only.
"""
