"""督办: the ladder of reminders, notices to staff, the supervision board, and calendar feeds of due dates."""
