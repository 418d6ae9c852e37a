"""What is known now, and what was known before: the database."""
