"""信用名单: three lists, each with its own table, basis and effect: serious violations, repeat infringers, the commended."""
