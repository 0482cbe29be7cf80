"""Pages for people: a file per noun, a function per page, and a table of them all."""
