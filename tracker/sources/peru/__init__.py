"""The papers of Peru's Congress: minutes of the plenary, read from the text of their PDFs."""
