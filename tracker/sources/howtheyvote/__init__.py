"""HowTheyVote.eu: the roll-call votes of the European Parliament since July 2019, as its CSV files have them."""
