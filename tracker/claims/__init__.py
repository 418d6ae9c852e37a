"""Does a sentence of a newspaper say of a vote what its record says?

`read.py` finds the claims in a text, `match.py` holds each against the votes on record. Verdicts describe the record
and never judge who wrote the sentence.
"""
