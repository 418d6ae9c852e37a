"""Peru's Senate and Chamber of Deputies, which took the place of the Congress in July 2026: where are their votes?

Read in this order: `senate` and `deputies` (two sheets), `source` (what both ask for), `library`, `sessions` and
`filename` (where files are), `reading` (a document, page by page), `text`, `totals`, `roll` and `nominal` (a page by
its letters), `signed` (a page by its picture), `members` and `interface` (who is who), `record` (what comes of it).
"""
