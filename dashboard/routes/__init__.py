"""Plain addresses that answer beside the pages."""
