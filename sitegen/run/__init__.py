"""All that reads, writes, waits or runs: files, state, processes, sockets and the clock.

Everything else is pure. One way through: `add` brings articles into `content/`, `build` turns
`content/` into `public/`, `serve` calls `build` again and again. State under `.sitegen/` is a
cache: deleting it costs time and nothing else.
"""
