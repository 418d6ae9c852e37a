"""Peru's Senate and Chamber of Deputies, which took the place of the Congress in July 2026: where are their votes?

Read in this order: `senate` and `deputies` (two sheets), `source` (what both ask for), `library`, `sessions` and
`filename` (where files are), `reading` (a document, sheet by sheet), `leaf` (one sheet), `text`, `totals` and `roll`
(by its letters), `nominal` and `called` (by the places of its marks), `signed` (by its picture), `members` and
`interface` (who is who), `sums` and `record` (what comes of it).
"""
