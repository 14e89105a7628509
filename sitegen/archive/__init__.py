"""The archive on disk as values: an article's file text <-> front matter and body; the library.

Nothing here opens a file. `content/*.md` is the seam of the whole program: intake ends there,
pages start there, and a person may edit anything in between.
"""
