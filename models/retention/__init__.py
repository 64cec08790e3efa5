"""保管期限: how long case files are kept, what is held back, and what is destroyed by two people with a certificate."""
