"""How gunicorn serves the site. `flask serve` names this file; `gunicorn wsgi:app` finds it in this folder by itself.

curl and older browsers send the Chinese letters of an address as typed, in UTF-8. RFC 9112 §3.2 wants them
percent-encoded, and gunicorn answers with a bare "Bad Request"; but a person who looks for 商标 has made no mistake.
So letters beyond ASCII pass, and what could split a request line (blanks and control characters) stays refused.
"""

import os
import re
import shutil
import tempfile
from typing import Any

from gunicorn.http import message

# A question of five hundred Han characters is 4,500 bytes long.
limit_request_line = 8190

# Nobody commands a running server through a socket in somebody's home: it is told by signals.
control_socket_disable = True

message.RFC9112_TARGET_INVALID = re.compile(r"[\x00-\x20\x7f]")

# Where the counts of all web processes meet (site/shared/metrics.py). prometheus-client takes the folder from the
# environment, and wants it empty at the start.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="huhang-metrics-")


def on_exit(_server: Any) -> None:
    """Removes the counts: they are of this run."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
