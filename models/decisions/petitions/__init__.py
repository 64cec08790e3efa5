"""What the party asks of a published decision: an objection 异议, or credit repair 信用修复."""
