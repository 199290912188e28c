"""Figures an office must be able to defend: counted from the log alone, each one defined."""
