"""协作机制: which departments and regions work together with the bureau, and whom to write to there."""
