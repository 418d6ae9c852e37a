"""The charts: each a function from what was asked of the database to a figure. Altair only, no Streamlit.

`hemicycle`, `threshold`, `groups` and `moved` draw one vote; `cohesion` and `agreement` draw many.
"""
