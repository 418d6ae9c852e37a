"""What is true of votes anywhere: standard library only, no files, no network, no database."""
