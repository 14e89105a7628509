"""Making what is stale: articles to library, library to plan, plan to files, files into place.

A product is one thing that the site is made of and that can be stale by itself: a page (one file),
an asset, an image, a segment of the search index (a few files and a note). Each has a digest of
all that it is made from; only those whose digest differs from the last build's are made again.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.archive.document import document
from sitegen.archive.library import Entry, Library, library
from sitegen.config import Config
from sitegen.errors import Problem, SitegenError
from sitegen.pages import Page, Renderer, pages
from sitegen.pages.links import media_path
from sitegen.pages.views import FreePage, Media
from sitegen.run.build import (
    Options,
    Progress,
    Result,
    call_digest,
    default_templates,
    keep_problems,
    public_folder,
)
from sitegen.run.check import link_problems
from sitegen.run.files import read_bytes, read_text
from sitegen.run.home import Home
from sitegen.run.look import Look, files_of
from sitegen.run.pool import ordered
from sitegen.run.publish import MANIFEST, Stage, read_manifest, write_manifest
from sitegen.run.scan import Scan, scan
from sitegen.run.settings import load_config, load_vocabulary
from sitegen.run.state import Made, State
from sitegen.text import digest
