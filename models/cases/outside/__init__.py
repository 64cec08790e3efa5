"""外部单位: bodies without an account here, who acknowledge, return and reply by a link."""
