"""The interface for programs: what the record holds, as JSON under `/api/v1`."""
