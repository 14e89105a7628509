"""Search without a server: articles -> index files that any browser reads, and the same from Python.

    docs -> segments -> blocks -> runs (kept between builds) -> planned files -> files, directory

`segments` parts the archive by its content alone; `index_block` makes a run of each block whose
digest is new (the only step that reads text, and the one to spread over processes), and `amended`
makes it from the run before where a few articles were edited; `plan_segment` names every file of a
segment from what goes into it, so that only files whose names are new are made (those of words by
`merged`, which any process can do); `directory` makes the one file with a fixed name. `query.search`
answers queries over a `reader.Index`, which reads the same files as the browser.

Decided here: index files are classic scripts, for they load under `default-src 'self'` and from
disk alike; numbers are code points, so the host's compression does the packing and the browser
decodes nothing; hits and places of a word lie in one file, so that most queries read one file a
word; the few words whose places are large have those in a file of their own.
"""

from sitegen.pages.search.amend import amended, places_of_edits
from sitegen.pages.search.codes import FORMAT
from sitegen.pages.search.directory import DIRECTORY, SegmentIndex, directory, plan_segment
from sitegen.pages.search.documents import FACETS, Block, Listing, Named, SearchDoc, Segment, Suggested
from sitegen.pages.search.merging import Merge, merged
from sitegen.pages.search.runs import digests_of, index_block, is_whole
from sitegen.pages.search.segments import segments

__all__ = [
    "DIRECTORY",
    "FACETS",
    "FORMAT",
    "Block",
    "Listing",
    "Merge",
    "Named",
    "SearchDoc",
    "Segment",
    "SegmentIndex",
    "Suggested",
    "amended",
    "digests_of",
    "directory",
    "index_block",
    "is_whole",
    "merged",
    "places_of_edits",
    "plan_segment",
    "segments",
]
