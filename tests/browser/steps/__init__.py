"""What people do on the site, in their own words. Tests say what they want; only these files know where to click."""
