"""来函: letters of other authorities to the bureau, registered with their clock and answered by a numbered paper."""
