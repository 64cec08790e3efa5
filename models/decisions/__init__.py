"""处罚决定: decisions, from draft through review and publication to withdrawal or the end of publication."""
