"""A seeded crowd that drives a running server from outside, and counts along."""
