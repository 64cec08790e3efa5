"""An index that answers alone under which names a party is public: every search asks it for the facet of companies."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

COLUMNS = ["party_uscc", "state", "ends_on", "decided_on", "id", "party_name"]


def upgrade() -> None:
    op.create_index("ix_decisions_names_by_code", "decisions", COLUMNS)
    op.drop_index("ix_decisions_party_uscc", "decisions")


def downgrade() -> None:
    op.create_index("ix_decisions_party_uscc", "decisions", ["party_uscc"])
    op.drop_index("ix_decisions_names_by_code", "decisions")
