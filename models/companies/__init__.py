"""企业: one row per company or sole trader, keyed by its unified social credit code."""
