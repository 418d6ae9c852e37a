"""Every question a reader can ask; the read side's only door.

Start with `database.connect`, then `votes.one` and `votes.listing`. What comes back is frozen and plain, no rows and
no sessions.
"""
