"""The process that opens one file of a stranger's: `python -m adapters.sanitising.child TYPE SOURCE TARGET OFFICE`.

It binds itself first, then writes the copy to TARGET and says on one line what came of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from adapters.sanitising import images, limits, office, pdfs
from adapters.sanitising.obstacles import Unsafe
from models.filings.kinds import CopyObstacle

PDF = "application/pdf"


def main(media_type: str, source: Path, target: Path, soffice: str) -> dict[str, str]:
    """What came of it: the media type of the copy, or what stood against one."""
    is_office = media_type in office.ENDINGS
    limits.confine(limits.OFFICE_MEMORY_BYTES if is_office else limits.MEMORY_BYTES)
    is_offline = limits.leave_network()
    try:
        if media_type in images.DECODERS:
            return {"media_type": images.clean(source, target, media_type)}
        if is_office:
            if not is_offline:
                raise Unsafe(CopyObstacle.NOT_SEALED)
            source = office.as_pdf(source, media_type, soffice)
        pdfs.clean(source, target)
    except Unsafe as unsafe:
        return {"obstacle": unsafe.obstacle.value}
    except MemoryError:
        return {"obstacle": CopyObstacle.TOO_COSTLY.value}
    return {"media_type": PDF}


if __name__ == "__main__":
    kind, given, wanted, converter = sys.argv[1:]
    sys.stdout.write(json.dumps(main(kind, Path(given), Path(wanted), converter)))
