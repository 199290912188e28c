"""What is put on paper: the signed token of a badge, its QR code."""
