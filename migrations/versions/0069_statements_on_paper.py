"""A statement of the named company that came on paper: the day on which it came, and who entered it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("statements") as batch_op:
        batch_op.add_column(
            sa.Column("received_on", sa.Date(), comment="on paper: in Beijing; counts for in time or late")
        )
        batch_op.add_column(sa.Column("entered_by_id", NUMBER, comment="who entered what came on paper"))
        batch_op.create_foreign_key(
            op.f("fk_statements_entered_by_id_accounts"), "accounts", ["entered_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_statements_paper_has_its_day"), "(received_on IS NULL) = (entered_by_id IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("statements") as batch_op:
        batch_op.drop_constraint(op.f("ck_statements_paper_has_its_day"), type_="check")
        batch_op.drop_constraint(op.f("fk_statements_entered_by_id_accounts"), type_="foreignkey")
        batch_op.drop_column("entered_by_id")
        batch_op.drop_column("received_on")
