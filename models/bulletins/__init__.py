"""Bulletins: typical cases 典型案例 and notices 通知公告, written by staff, read by everybody."""
