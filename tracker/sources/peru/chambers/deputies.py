"""Where do the sheets of Peru's Chamber of Deputies lie, and what do they print? Since July 2026."""

from tracker.sources.peru.chambers import source

SOURCE = source.of("deputies")
