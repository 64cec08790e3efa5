"""Webhooks and their calls; tokens of rights-holders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("seal_name", sa.String(40), nullable=False, comment="what the secrets are sealed for"),
        sa.Column("secret", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column("old_secret", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("old_until", INSTANT, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("last_ok_at", INSTANT, nullable=True),
        sa.Column("disabled_at", INSTANT, nullable=True, comment="after long failure"),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.CheckConstraint("length(address) > 0", name=op.f("ck_webhooks_has_address")),
        sa.CheckConstraint(
            "(old_secret IS NULL) = (old_until IS NULL)", name=op.f("ck_webhooks_old_secret_ends")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_webhooks_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
        sa.UniqueConstraint("seal_name", name=op.f("uq_webhooks_seal_name")),
    )
    op.create_index(op.f("ix_webhooks_account_id"), "webhooks", ["account_id"])


def _calls() -> None:
    op.create_table(
        "webhook_calls",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("webhook_id", NUMBER, nullable=False),
        sa.Column("event", sa.String(40), nullable=False, comment="the receiver tells repeats by it"),
        sa.Column("payload", sa.JSON(), nullable=False, comment="references and states; nothing of persons"),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_result", sa.String(80), nullable=True, comment="a status, or what kind of error"),
        sa.Column("delivered_at", INSTANT, nullable=True),
        sa.Column("given_up_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "delivered_at IS NULL OR given_up_at IS NULL", name=op.f("ck_webhook_calls_ends_once")
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_calls_webhook_id_webhooks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_calls")),
        sa.UniqueConstraint("webhook_id", "event", name=op.f("uq_webhook_calls_webhook_id_event")),
    )
    op.create_index("ix_webhook_calls_webhook_id_id", "webhook_calls", ["webhook_id", "id"])


def upgrade() -> None:
    _webhooks()
    _calls()
    with op.batch_alter_table("api_tokens") as table:
        table.add_column(
            sa.Column(
                "account_id",
                NUMBER,
                nullable=True,
                comment="whose it is; empty: another office's, made by staff",
            )
        )
        table.create_foreign_key(
            op.f("fk_api_tokens_account_id_accounts"), "accounts", ["account_id"], ["id"]
        )
        table.create_index(op.f("ix_api_tokens_account_id"), ["account_id"])


def downgrade() -> None:
    with op.batch_alter_table("api_tokens") as table:
        table.drop_index(op.f("ix_api_tokens_account_id"))
        table.drop_constraint(op.f("fk_api_tokens_account_id_accounts"), type_="foreignkey")
        table.drop_column("account_id")
    op.drop_table("webhook_calls")
    op.drop_table("webhooks")
