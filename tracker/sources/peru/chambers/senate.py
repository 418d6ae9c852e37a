"""Where do the sheets of Peru's Senate lie, and what do they print? Since July 2026."""

from tracker.sources.peru.chambers import source

SOURCE = source.of("senate")
