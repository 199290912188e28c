"""The one door: HTTP and WebSocket routes, who may do what, and the words of refusals' codes."""
