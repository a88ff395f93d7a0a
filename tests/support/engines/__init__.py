"""Real container engines for tests: podman and dockerd of this run's own, with its images.

`fixtures` is the plugin; the rest is what its fixtures are made of, one thing a module.
"""
