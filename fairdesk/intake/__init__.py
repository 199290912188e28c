"""Lists as an office has them: Excel and CSV files read into values, row by row, with reasons."""
