"""What was published, kept for ever: `store` holds the bytes and the journal, `fetch` asks the official sites."""
