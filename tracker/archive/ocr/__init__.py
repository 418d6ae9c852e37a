"""Which words stand on the pages of a document? Read once, by layer or by eye, then kept in the archive for ever.

`Sight` is the way in. One page's way: `picture` (upright, its ink apart from stamps), `grid` (the table of a known
form), `engine` (small pictures to text), `page` (all of it together); `layer` where a page was born with its text. Many
pages: `scan` (stretches of them, by whoever helps) and `readers` (the processes).
"""

from tracker.archive.ocr.sight import Illegible, Sight

__all__ = ["Illegible", "Sight"]
