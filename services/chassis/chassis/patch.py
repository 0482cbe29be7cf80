"""Imported before everything else by programs and tests: makes the process cooperative.

Importing it twice is fine. It has to come first because eventlet replaces parts of the standard
library, and who imported the original parts before keeps them.
"""

import os
import warnings

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # resolve names as everybody else does
# Known and decided: eventlet is in maintenance, and everything of ours sits behind the chassis.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()
