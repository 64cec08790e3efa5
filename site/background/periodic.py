"""What is done by the clock, whether or not anybody asks."""

from __future__ import annotations

import datetime as dt

from background import (
    alerts,
    evidence,
    filings,
    indexing,
    listings,
    opendata,
    publication,
    reminders,
    removals,
    retention,
    supervision,
)
from background.work import Job
from models.alerts.operations import drop_unconfirmed
from models.commerce.operations import drop_unsent_links
from models.filings.drafts import drop_stale_drafts
from models.filings.duplicates import mark_unmarked
from models.filings.evidence import drop_unsent_evidence
from models.filings.operations import forget_held_codes
from models.filings.uploads import drop_expired_uploads
from models.holders.lane.operations import end_due_lanes
from models.planner import look_at_tables
from models.rewards import operations as rewards
from models.rewards.reminding import remind_unclaimed

JOBS: tuple[Job, ...] = (
    Job("hold terms against newer rules", dt.timedelta(minutes=1), publication.reconsider_terms),
    Job("end decisions whose term is over", dt.timedelta(minutes=1), publication.end_due_decisions),
    Job(
        "end listings that are over or have lost their basis",
        dt.timedelta(minutes=1),
        listings.end_due_entries,
    ),
    Job("note ends beside the database", dt.timedelta(minutes=1), removals.note_removals),
    Job("climb the ladder of deadlines", dt.timedelta(minutes=1), supervision.climb_ladder),
    Job("forget query codes held for an hour", dt.timedelta(minutes=1), forget_held_codes),
    Job("mark filings for likeness", dt.timedelta(minutes=10), mark_unmarked),
    Job("index addresses sealed before", dt.timedelta(minutes=10), filings.index_addresses),
    Job("forget drafts left for thirty days", dt.timedelta(hours=1), drop_stale_drafts),
    Job("remove files that were never sent", dt.timedelta(hours=1), drop_unsent_evidence),
    Job("forget links that were never sent", dt.timedelta(hours=1), drop_unsent_links),
    Job("remind holders of what ends soon", dt.timedelta(hours=1), reminders.remind_holders),
    Job("end fast lanes that are over", dt.timedelta(minutes=10), end_due_lanes),
    Job("examine files that were not examined", dt.timedelta(hours=1), evidence.look_for_unexamined),
    Job("give up uploads that nobody goes on with", dt.timedelta(hours=1), drop_expired_uploads),
    Job("remind reporters of rewards", dt.timedelta(hours=1), remind_unclaimed),
    Job("end rewards that nobody claimed", dt.timedelta(hours=1), rewards.lapse_unclaimed),
    Job("remove files that no row names", dt.timedelta(days=1), filings.sweep_files),
    Job("forget mails that never went out, and old traces", dt.timedelta(days=1), retention.forget_old_work),
    Job("commit to what is public, sign it daily", dt.timedelta(minutes=1), opendata.grow_tree),
    Job("keep the data files true", dt.timedelta(minutes=1), opendata.look_after_files),
    Job("queue the mails of alerts", dt.timedelta(minutes=1), alerts.queue_digests),
    Job("forget alerts that nobody confirmed", dt.timedelta(hours=1), drop_unconfirmed),
    Job("tell the planner of the tables", dt.timedelta(hours=1), look_at_tables),
    Job("look after the index", dt.timedelta(minutes=1), indexing.look_after_index),
)
