"""Shows what is held of each vote; never writes.

Read `server` first (what answers at which address), then `app` (the frame) and `views/vote`; of the plain pages, which
need no Streamlit, `routes/table` and `routes/page`.
"""
