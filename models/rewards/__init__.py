"""举报奖励: who may have one, how much, by whose decision, how it is claimed without a name, and that it is paid once."""
