"""The site as people meet it: a real server, a real Chromium, real clicks."""
