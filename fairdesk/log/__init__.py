"""The append-only log, and the vault of persons beside it."""
