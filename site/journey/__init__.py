"""The filing journey, its receipt and what a filer may see afterwards; served to the public and to rights-holders."""
