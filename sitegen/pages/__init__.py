"""From the library to the bytes of every file of the site: views, staleness, HTML, feeds.

How values flow:

    Library, Config, FreePage        plan.pages(...)   ->  Page  (path, kind, template, digest)
    Page.view()                      made on request   ->  a frozen view (views)
    Markdown text                    markdown          ->  Body  (safe HTML, headings, blocks)
    path, kind, template, view, bodies   render.Renderer.render(...)  ->  bytes

Nothing here reads a file, a clock or a folder: the texts of templates and of articles are given.

What was decided:

* A view is made from plain parts (ids, card digests, names), and a page's digest is the digest of
  these parts, so that a plan makes no view. That no file changes without its digest is tested with
  random edits (tests/pages/test_plan.py).
* An article page shows nothing of the whole archive: no totals, no "latest". Its neighbours are
  looked for only beside it in its topics' and actors' lists (related). What topics and actors take
  from the whole archive ("more than elsewhere") enters by size class, four to a doubling.
* An actor's sparkline is a file beside its page, so that a new article does not change every page
  that names the actor.
* jinja2 has one door (render), python-markdown and nh3 another (markdown). `theme` knows which
  templates a page is made from without loading jinja2.
* Charts are small functions from numbers to SVG (charts, network, worldmap). Their links use
  `xlink:href` and are out of the tab order: the same links stand beside each chart as a list.
* The Markdown of an article is published beside its page only with `[theme] markdown = true`: it
  doubles the bytes and files of an article.
* All English of the site is in `words`.
"""
