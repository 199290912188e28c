"""Streams: how a screen stays true. See docs/streams.md for the wire protocol."""
