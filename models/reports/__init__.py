"""统计报表: figures that open to their cases, reported by unit and period, frozen then, corrected in the open."""
