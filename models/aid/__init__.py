"""维权援助: what an applicant says, what the rules make of it, the green channel, and the decision with its reasons."""
