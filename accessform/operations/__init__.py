"""Running an installation: keys, start-up, tests, figures."""
