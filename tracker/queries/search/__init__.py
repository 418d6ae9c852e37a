"""What does a reader who types something look for, and which votes does that find?

`query` reads the text. `terms` puts together the words that mean one thing. `sought` asks `spelling` for their forms
and for what a mistyped one was meant to be, `queries/aliases` for names of the press, and lays down what is looked for
step by step, what is nearest first; `understood` is what of this the reader is told. `hits` makes a table of votes of
each step, with `matching` to put it to the engine's index, and conditions of the days (`queries/dated`) and the count.
`queries/filters` joins them with what else a list is narrowed down by, and `queries/votes` reads the list. `hints`
stands beside it.
"""
