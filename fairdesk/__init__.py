"""fairdesk: job fairs and skills competitions, from the badge at the door to the report."""

__version__ = "0.1.0"
