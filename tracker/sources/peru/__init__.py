"""The papers of Peru's Congress: minutes of the plenary, and the scanned sheets of attendance and votes."""
