"""The parts a page is made of: each takes what was asked of the database and returns HTML, or shows a widget."""
